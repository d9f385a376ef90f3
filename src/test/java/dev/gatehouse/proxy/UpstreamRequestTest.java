package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Script;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend really gets: the request line goes through Jetty's client, byte for byte. */
@Timeout(60)
@DisplayName("RFC 9112 §3 request line")
class UpstreamRequestTest {
  private static HttpClient client = new HttpClient();

  private final Origin origin = Origin.answering(request -> Script.ok("fine"));
  private final Upstream upstream = new Upstream("o", origin.url(), 1);

  @BeforeAll
  static void startClient() throws Exception {
    client = UpstreamClient.start(Settings.CLIENT, Settings.TLS);
  }

  @AfterAll
  static void stopClient() throws Exception {
    client.stop();
  }

  @AfterEach
  void closeOrigin() {
    origin.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /",
    "GET, /a?q=a|b",
    "GET, //evil/x",
    "GET, /a/../b",
    "GET, /a/./b//c/",
    "GET, /%2F%2e%00?%zz=%",
    "GET, /../x",
    "GET, /a/../../x",
    "GET, /%2e%2e/%2E%2e/x",
    "GET, /..;/x",
    "GET, /%ff%c0%ae",
    "GET, /%E2%82",
    "GET, /%u0041",
    "GET, /?%zz",
    "GET, /a?discount=100%",
    "GET, /?",
    "GET, /a?",
    "GET, /a??b=?",
    "GET, /a?b#c",
    "GET, '/a?{x}^[y]`\"<>\\'",
    "GET, /a;jsessionid=1?a=1&a=2&&b",
    "GET, /http://other/x",
    "get, /",
    "Patch, /a",
    "BREW, /pot",
    "M-SEARCH, /",
  })
  void methodAndTargetGoOutAsTheyCameIn(String method, String target) throws Exception {
    assertThat(request(method, target).send().getStatus()).isEqualTo(200);
    assertThat(origin.seen(0).requestLine()).isEqualTo(method + " " + target + " HTTP/1.1");
  }

  /** Jetty's client decodes the path on its way out; such a request is to be refused before. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/%zz", "/a%", "/a%2", "/a%2?b", "/%zz?q"})
  @DisplayName("RFC 3986 §2.1: a percent sign in the path that escapes nothing")
  void aMalformedEscapeInThePathIsNotSent(String target) {
    assertThatThrownBy(() -> request("GET", target).send())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(origin.seen()).isEmpty();
  }

  @Test
  void aLongTargetGoesOutWhole() throws Exception {
    String target = "/?" + "x".repeat(20_000);
    request("GET", target).send();
    assertThat(origin.seen(0).target()).isEqualTo(target);
  }

  @Test
  void headHasNoBodyToWaitFor() throws Exception {
    var response = request("HEAD", "/").send();
    assertThat(response.getHeaders().get("Content-Length")).isEqualTo("4");
    assertThat(response.getContent()).isEmpty();
    assertThat(request("GET", "/").send().getContentAsString()).isEqualTo("fine");
    assertThat(origin.connections()).isEqualTo(1);
  }

  @Test
  void aBodyGoesWithAnyMethod() throws Exception {
    request("DELETE", "/x").body(new BytesRequestContent("text/plain", new byte[] {'a'})).send();
    assertThat(origin.seen(0).body().text()).isEqualTo("a");
    assertThat(origin.seen(0).header("Content-Length")).contains("1");
  }

  @Test
  void itIsSendingOnceThereIsAConnection() throws Exception {
    UpstreamRequest request = request("GET", "/");
    assertThat(request.isSending()).isFalse();
    request.send();
    assertThat(request.isSending()).isTrue();
    try (Origin nobody = Origin.refusing()) {
      var refused =
          new UpstreamRequest(
              client, new Upstream("n", nobody.url(), 1), "GET", "/", null, hints -> {});
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      refused.send(result -> failure.complete(result.getFailure()));
      assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(ConnectException.class);
      assertThat(refused.isSending()).isFalse();
    }
  }

  @Test
  void thePathCannotBeChangedAnyMore() throws Exception {
    UpstreamRequest request = request("GET", "/a?b");
    assertThat(request.path("/other")).isSameAs(request);
    assertThat(request.getURI()).isNull();
    request.send();
    assertThat(origin.seen(0).target()).isEqualTo("/a?b");
  }

  private UpstreamRequest request(String method, String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? null : target.substring(mark + 1);
    return new UpstreamRequest(client, upstream, method, path, query, hints -> {});
  }
}
