package org.yuzui.routing.internal;

import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;

import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** What every context of the hub's has in common: its habits, its schemes, and the beans that routes may use. */
final class CamelSetup {

    /** What Camel itself waits for; by then everything is quiet, or was given up. */
    private static final int LAST_WAIT_SECONDS = 1;

    private CamelSetup() {
    }

    static void prepare(DefaultCamelContext camel, RouteContext.Plan plan, HubSchemes schemes, InFlight inFlight) {
        camel.setNameStrategy(new ExplicitCamelContextNameStrategy(plan.name()));
        camel.setApplicationContextClassLoader(plan.classLoader());
        camel.setClassResolver(new HostFactories(camel, plan.classLoader()));
        camel.disableJMX();
        camel.setAutoStartup(false);
        camel.setSourceLocationEnabled(true);
        camel.setLoadTypeConverters(false);
        camel.setAllowUseOriginalMessage(false);
        camel.setUseBreadcrumb(false);
        camel.getShutdownStrategy().setTimeout(LAST_WAIT_SECONDS);
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        camel.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        camel.setInflightRepository(inFlight);
        camel.build();
        camel.getExecutorServiceManager().setDefaultThreadPoolProfile(CamelHabits.boundedThreads());
        camel.getCamelContextExtension().setErrorHandlerFactory(CamelHabits.quietErrors());
        JsonConverters.addTo(camel, Trees.plain(plan.classLoader()));
        camel.addLifecycleStrategy(new ExactJson());
        Properties properties = new Properties();
        properties.putAll(plan.settings().flat());
        PropertiesComponent placeholders = (PropertiesComponent) camel.getPropertiesComponent();
        placeholders.setInitialProperties(properties);
        // A plugin's settings are its file's; what the machine's environment holds must not change a route.
        placeholders.setEnvironmentVariableMode(0);
        placeholders.setSystemPropertiesMode(0);
        camel.getRegistry().bind("settings", plan.settings());
        camel.getRegistry().bind("workCalendar", new HubCalendar(schemes.scheduler()));
        camel.getRegistry().bind("yuzuiBeanParameters", new BeanParameters());
        camel.getCamelContextExtension().registerEndpointCallback(CamelHabits::tellOfLines);
        camel.getCamelContextExtension().addInterceptStrategy(new HubSteps());
        Passing.watch(camel, Trees.plain(plan.classLoader()));
        schemes.addTo(camel, plan.owner(), plan.border(), Trees.strict(plan.classLoader()));
    }
}
