package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.DnsConfig;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.servlet.Exchange;
import dev.gatehouse.servlet.ExchangeId;
import dev.gatehouse.servlet.Journal;
import dev.gatehouse.testkit.FakeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {
  private static final ProxyConfig CONFIG =
      new ProxyConfig(
          false,
          List.of(),
          List.of(),
          Settings.CLIENT,
          new DnsConfig(List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO, List.of()),
          Settings.TLS,
          new ProxyConfig.Auth(
              true,
              "X-API-Key",
              List.of(),
              Optional.empty(),
              "X-Consumer-Id",
              ProxyConfig.StatusAccess.ADMIN),
          new ProxyConfig.Forwarded(ProxyConfig.ForwardedMode.X, List.of(), Optional.of("us")),
          new ProxyConfig.Guard(Set.of(), true, false, 8192, 100, 32768, 0, List.of()),
          new ProxyConfig.Answer(Optional.empty(), true, ProxyConfig.RewriteCookies.OFF),
          new ProxyConfig.Log(new ProxyConfig.AccessLog(false, Optional.empty()), Optional.empty()),
          Settings.CACHE,
          new ProxyConfig.Shutdown(Duration.ZERO, Duration.ZERO));

  private final RequestHead head = new RequestHead(CONFIG);

  @ParameterizedTest(name = "{0}: from a stranger {1}, from a trusted peer {2}")
  @CsvSource({
    "X_HTTP_Method_Override, false, false",
    "X.HTTP.Method, false, false",
    "Accept, true, true",
    "my_own, true, true",
    "X-HTTP-Method-Override, true, true",
    "Content-Length, true, true",
    "Content_Length, false, false",
    "Transfer_Encoding, false, false",
    "Proxy_Connection, false, false",
    "X-Forwarded-For, false, false",
    "X_Forwarded_For, false, false",
    "x.forwarded.proto, false, false",
    "X-Forwarded-Prefix, false, true",
    "X_Forwarded_Prefix, false, false",
    "X-Real-IP, false, true",
    "X_Real_IP, false, false",
    "True_Client_IP, false, false",
    "Forwarded, false, true",
    "X-API-Key, false, false",
    "X_API_KEY, false, false",
    "X-Consumer-Id, false, false",
    "X-Consumer_Id, false, false",
    "X-Original-URL, false, false",
    "X_Original_URL, false, false",
    "X-Rewrite-URL, false, false",
    "Proxy, false, false",
    "Host, false, false",
    "TE, false, false",
  })
  void aBackendSeesNoFieldThatIsOursByAnyOfItsNames(
      String name, boolean stranger, boolean trustedPeer) {
    assertThat(head.isForBackend(name, from(false))).isEqualTo(stranger);
    assertThat(head.isForBackend(name, from(true))).isEqualTo(trustedPeer);
  }

  @Test
  void aBackendGetsTheClientsFieldsAndOurs() {
    FakeRequest request =
        new FakeRequest("GET", "/")
            .with("Host", "h")
            .with("Connection", "X-Nominated, close")
            .with("X-Nominated", "1")
            .with("X-API-Key", "secret")
            .with("Accept", "a")
            .with("Accept", "b")
            .with("X-Forwarded-For", "192.0.2.9");
    from(false).attachTo(request.asRequest());
    assertThat(head.copy(request.asRequest(), from(false)).stream().map(HttpField::toString))
        .containsExactly(
            "Accept: a",
            "Accept: b",
            "X-Consumer-Id: me",
            "X-Request-Id: 1",
            "Via: 1.1 us",
            "X-Forwarded-For: 192.0.2.1",
            "X-Forwarded-Proto: http",
            "X-Forwarded-Host: h",
            "X-Forwarded-Port: 80");
  }

  @Test
  void aBackendGetsAllCookiesInOneLine() {
    FakeRequest request =
        new FakeRequest("GET", "/")
            .with("Cookie", "a=1")
            .with("Cookie", "b=\"2, 3\"; c=4")
            .with("Accept", "x");
    from(false).attachTo(request.asRequest());
    assertThat(head.copy(request.asRequest(), from(false)).stream().map(HttpField::toString))
        .startsWith("Cookie: a=1; b=\"2, 3\"; c=4", "Accept: x");
  }

  @ParameterizedTest(name = "{0}, {1} before us: {2}, port {3}")
  @CsvSource({
    "H.Test, http, h.test, 80",
    "h.test:80, http, h.test, 80",
    "h.test:, http, h.test, 80",
    "h.test:0080, http, h.test, 80",
    "h.test:443, http, h.test:443, 443",
    "H.Test:08080, http, h.test:8080, 8080",
    "h.test:443, https, h.test, 443",
    "h.test, https, h.test, 443",
    "h.test:80, https, h.test:80, 80",
    "'h.test:443', 'http, https', h.test, 443",
    "h.test:443, other, h.test:443, 443",
    "[2001:DB8::1], http, [2001:db8::1], 80",
    "[2001:DB8::1]:81, http, [2001:db8::1]:81, 81",
  })
  void aBackendGetsOneSpellingOfAnAuthority(String host, String said, String normal, String port) {
    FakeRequest request = new FakeRequest("GET", "/").with("Host", host);
    Exchange exchange = from(!said.equals("http"));
    if (exchange.peerTrusted()) {
      request.with("X-Forwarded-Proto", said);
    }
    exchange.attachTo(request.asRequest());
    assertThat(head.copy(request.asRequest(), exchange).stream().map(HttpField::toString))
        .contains("X-Forwarded-Host: " + normal, "X-Forwarded-Port: " + port);
    assertThat(RequestHead.publicHost(request.asRequest())).isEqualTo(normal);
    assertThat(RequestHead.publicOrigin(request.asRequest())).endsWith("://" + normal);
  }

  private static Exchange from(boolean trusted) {
    Exchange exchange =
        new Exchange(
            "192.0.2.1",
            trusted,
            "192.0.2.1",
            new ExchangeId("1", Optional.of("X-Request-Id")),
            new Journal(() -> 0));
    exchange.authenticated("me", "X-API-Key");
    return exchange;
  }
}
