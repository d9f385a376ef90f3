package dev.gatehouse.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.config.Sources;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.servlet.Parts;
import dev.gatehouse.testkit.Attributes;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which of our secrets go no further than here. */
@DisplayName("Keys are kept from backends")
class ApiKeyFilterTest {
  private static final String KEY = "traffic-key-0123456789";
  private static final String ADMIN = "admin-key-0123456789abc";
  private static final String LATER = "next-years-key-0123456789";
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-06-15T12:00:00Z"));

  private final ApiKeys keys =
      KeyLines.parse(
              "test",
              List.of(
                  "shop:" + KEY,
                  "ops:" + ADMIN + ";scopes=admin",
                  "next:" + LATER + ";notBefore=2027-01-01"),
              ApiKeys.NONE)
          .keys();
  private final Exchange exchange =
      new Exchange(
          "192.0.2.1",
          false,
          "192.0.2.1",
          new ExchangeId("1", Optional.empty()),
          new Journal(() -> 0));
  private boolean passed;

  @Test
  void whicheverOfTheCredentialsHasOneOfOurKeysNoneIsForwarded() throws Exception {
    ask("none", Map.of("Authorization", List.of("Bearer x", basic(ADMIN))));
    assertThat(passed).isTrue();
    assertThat(exchange.withholds("authorization")).isTrue();
  }

  @Test
  void othersCredentialsAndFieldsAreForwarded() throws Exception {
    ask(
        "none",
        Map.of(
            "Authorization",
            List.of("Bearer x", basic("a password of the backend")),
            "X-API-Key",
            List.of("a-key-of-the-backend")));
    assertThat(passed).isTrue();
    assertThat(exchange.withholds("Authorization")).isFalse();
    assertThat(exchange.withholds("X-API-Key")).isFalse();
  }

  @Test
  void aKeyThatNobodyAskedForIsNotForwardedEither() throws Exception {
    ask("none", Map.of("X-API-Key", List.of("a-key-of-the-backend", ADMIN)));
    assertThat(passed).isTrue();
    assertThat(exchange.withholds("X-API-Key")).isTrue();
    assertThat(exchange.withholds("Authorization")).isFalse();
    assertThat(exchange.consumer()).isEmpty();
  }

  @Test
  void norIsOneThatIsNotValidYet() throws Exception {
    ask("none", Map.of("X-API-Key", List.of(LATER), "Authorization", List.of(basic(LATER))));
    assertThat(exchange.withholds("X-API-Key")).isTrue();
    assertThat(exchange.withholds("Authorization")).isTrue();
  }

  @Test
  void theKeyThatOpensIsNotForwarded() throws Exception {
    ask("apiKey", Map.of("X-API-Key", List.of(KEY), "Authorization", List.of(basic(ADMIN))));
    assertThat(passed).isTrue();
    assertThat(exchange.consumer()).contains("shop");
    assertThat(exchange.withholds("X-API-Key")).isTrue();
    assertThat(exchange.withholds("Authorization")).isTrue();
  }

  private void ask(String mode, Map<String, List<String>> fields) throws Exception {
    ServletContext context = Attributes.of(ServletContext.class);
    Parts.none()
        .with(ProxyConfig.class, config(mode))
        .with(KeyRing.class, () -> keys)
        .with(InstantSource.class, NOW)
        .leaveIn(context);
    ApiKeyFilter filter = new ApiKeyFilter();
    filter.init(fake(FilterConfig.class, (proxy, method, arguments) -> context));
    HttpServletRequest request =
        fake(
            HttpServletRequest.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getServletPath" -> "/a";
                  case "getAttribute" -> exchange;
                  case "getHeader" ->
                      fields.getOrDefault(arguments[0], List.of()).stream()
                          .findFirst()
                          .orElse(null);
                  case "getHeaderNames" -> Collections.enumeration(fields.keySet());
                  case "getHeaders" ->
                      Collections.enumeration(fields.getOrDefault(arguments[0], List.of()));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    filter.doFilter(
        request, Attributes.of(HttpServletResponse.class), (asked, answer) -> passed = true);
  }

  private static ProxyConfig config(String mode) {
    Map<String, String> given =
        Map.of(
            "proxy.backends",
            "http://127.0.0.1:8080",
            "proxy.auth.mode",
            mode,
            "proxy.auth.apiKeys",
            "shop:" + KEY);
    return Loaded.from(
            new Sources(
                Map.of(), Map.of(), Map.of(), given, "/shop", "gh", path -> Optional.empty()))
        .config();
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("anyone:" + password).getBytes(UTF_8));
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
