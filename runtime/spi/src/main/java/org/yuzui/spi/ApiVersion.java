package org.yuzui.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The version of what plugins compile against; it counts apart from the hub's own version. The hub exports the package
 * with it, and a plugin that was compiled against {@code 1.2} imports {@code [1.2,2)}.
 *
 * <p>The third number moves for what no plugin can notice, the second when something is added, the first when a plugin
 * that was compiled before may no longer run.
 */
@Documented
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ApiVersion {

    /**
     * The version of the package.
     *
     * @return three numbers with dots between them
     */
    String value();
}
