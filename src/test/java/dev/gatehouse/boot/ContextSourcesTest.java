package dev.gatehouse.boot;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContextSourcesTest {
  @Test
  void initParamsOfAllOurServletsAndFiltersAreReadAndNoOthers() {
    ServletContext context =
        answering(
            ServletContext.class,
            Map.of(
                "getInitParameterNames",
                Collections.enumeration(Map.of().keySet()),
                "getContextPath",
                "/shop",
                "getServletRegistrations",
                Map.of(
                    "proxy",
                    registered(
                        ServletRegistration.class,
                        "dev.gatehouse.proxy.ReverseProxyServlet",
                        Map.of("maxConnections", "9")),
                    "status",
                    registered(
                        ServletRegistration.class,
                        "dev.gatehouse.status.StatusServlet",
                        Map.of("refresh", "1")),
                    "jsp",
                    registered(
                        ServletRegistration.class,
                        "org.apache.jasper.servlet.JspServlet",
                        Map.of("fork", "false")),
                    "status-page",
                    answering(ServletRegistration.class, Map.of())),
                "getFilterRegistrations",
                Map.of(
                    "cache",
                    registered(
                        FilterRegistration.class,
                        "dev.gatehouse.cache.CacheFilter",
                        Map.of("ttl", "5s")))));
    assertThat(ContextSources.of(context, new Random(1)).initParams())
        .containsOnly(
            Map.entry("servlet proxy", Map.of("maxConnections", "9")),
            Map.entry("servlet status", Map.of("refresh", "1")),
            Map.entry("filter cache", Map.of("ttl", "5s")));
  }

  private static <T> T registered(Class<T> type, String className, Map<String, String> params) {
    return answering(type, Map.of("getClassName", className, "getInitParameters", params));
  }

  /** One that gives these answers by method, and null to all else. */
  private static <T> T answering(Class<T> type, Map<String, ?> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.get(method.getName())));
  }
}
