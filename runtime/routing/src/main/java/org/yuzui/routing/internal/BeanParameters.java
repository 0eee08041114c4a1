package org.yuzui.routing.internal;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.TypeConverter;
import org.apache.camel.component.bean.ParameterMappingStrategy;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.builder.ExpressionBuilder;

import java.util.Map;

/**
 * What a bean's method gets for a parameter of one of Camel's types. Camel's own mapping is one for the process, and its
 * expressions answer with the context that used them last: a plugin would be given another one's context and registry.
 */
final class BeanParameters implements ParameterMappingStrategy {

    private final Map<Class<?>, Expression> expressions = Map.of(
            Exchange.class, ExpressionBuilder.exchangeExpression(),
            Message.class, ExpressionBuilder.inMessageExpression(),
            Exception.class, ExpressionBuilder.exchangeExceptionExpression(),
            TypeConverter.class, ExpressionBuilder.typeConverterExpression(),
            Registry.class, ExpressionBuilder.registryExpression(),
            CamelContext.class, ExpressionBuilder.camelContextExpression());

    @Override
    public Expression getDefaultParameterTypeExpression(Class<?> type) {
        return expressions.get(type);
    }
}
