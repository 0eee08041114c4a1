package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.camel.component.jackson.AbstractJacksonDataFormat;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.LifecycleStrategySupport;

/** {@code unmarshal: json} reads decimals with every digit, as the hub's own conversions do. */
final class ExactJson extends LifecycleStrategySupport {

    @Override
    public void onDataFormatCreated(String name, DataFormat format) {
        if (format instanceof AbstractJacksonDataFormat json) {
            json.enableFeature(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        }
    }
}
