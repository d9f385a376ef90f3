package dev.gatehouse.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does to backends at run time, and who may not. */
@ArquillianTest
@RunAsClient
@DisplayName("Control at run time")
final class ControlIT {
  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
  private static final String A = "/_proxy/backends/default/a/";
  private static final String BASIC =
      "Authorization: Basic "
          + Base64.getEncoder().encodeToString(("me:" + Settings.ADMIN_KEY).getBytes(UTF_8));
  private static final Backend FIRST = new Backend(seen -> Script.ok("first"));
  private static final Backend SECOND = new Backend(seen -> Script.ok("second"));
  private static final Backend THIRD = new Backend(seen -> Script.ok("third"));

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(
        Settings.with(
            Settings.of(FIRST, SECOND), "proxy.backends", FIRST.url() + " id=a, " + SECOND.url()));
  }

  @AfterAll
  static void stop() {
    FIRST.close();
    SECOND.close();
    THIRD.close();
  }

  @AfterEach
  void asBefore() throws Exception {
    post(A + "enable", "", Settings.ADMIN_LINE);
    FIRST.answer(seen -> Script.ok("first"));
  }

  @Test
  void whoDrainsSeesWhatIsLeftAndItIsNotCut() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    FIRST.answer(seen -> Script.head("Content-Length: 4").send("ha").pause(latch).send("lf"));
    String second = "/_proxy/backends/default/" + SECOND.authority() + "/";
    post(second + "disable", "", Settings.ADMIN_LINE);
    try (RawClient slow = RawClient.to(server.http())) {
      slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n");
      FIRST.request("/slow");
      post(second + "enable", "", Settings.ADMIN_LINE);
      Reply reply = post(A + "drain", "reason=it's+a+%26copy%0d%0a%1b[2J", Settings.ADMIN_LINE);
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(reply.text()).contains("\"standing\": \"DRAINING\"", "Not kept");
      for (int i = 0; i < 4; i++) {
        assertThat(other("/new")).isEqualTo("second");
      }
      JsonObject drained = Status.get(server).backend("a");
      assertThat(drained.getString("standing")).isEqualTo("DRAINING");
      assertThat(drained.getInt("inFlight")).isEqualTo(1);
      latch.countDown();
      assertThat(slow.readFinal(false).text()).isEqualTo("half");
      Await.until("it is empty", () -> Status.get(server).backend("a").getInt("inFlight") == 0);
    }
    JsonObject event = Status.get(server).json().getJsonArray("events").getJsonObject(0);
    assertThat(event.getString("what")).isEqualTo("draining");
    assertThat(event.getString("by")).isEqualTo("admin");
    assertThat(event.getString("cause")).isEqualTo("it's a &copy\\u{d}\\u{a}\\u{1b}[2J");
    assertThat(server.log())
        .contains(
            "Backend a of pool default: draining, by admin: it's a &copy\\u{d}\\u{a}\\u{1b}[2J");
    assertThat(page(Settings.ADMIN_LINE)).contains("it&#39;s a &amp;copy\\u{d}");
  }

  @Test
  void backendsComeAndGoAtRunTime() throws Exception {
    String url = "url=" + THIRD.url() + "&id=c&weight=2";
    Reply added = post("/_proxy/backends/default", url, Settings.ADMIN_LINE);
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    Await.until(
        "checked", () -> Status.get(server).backend("c").getString("status").equals("HEALTHY"));
    Await.until("it serves", () -> other("/c").equals("third"));
    assertThat(post("/_proxy/backends/default", url, Settings.ADMIN_LINE).status()).isEqualTo(409);

    String c = "/_proxy/backends/default/c/";
    Reply weighed = post(c + "weight?weight=5", "", Settings.ADMIN_LINE);
    assertThat(weighed.text()).contains("\"weight\": 5", "\"configuredWeight\": 2");
    assertThat(post(c + "check", "", Settings.ADMIN_LINE).status()).isEqualTo(200);
    assertThat(post(c + "remove", "reason=gone", Settings.ADMIN_LINE).status()).isEqualTo(200);
    assertThat(Status.get(server).backends()).hasSize(2);
    for (int i = 0; i < 4; i++) {
      assertThat(other("/left")).isIn("first", "second");
    }
  }

  @Test
  void redirectsToWhoIsAddedAtRunTimeLeadToUs() throws Exception {
    THIRD.answer(seen -> Script.ofStatus(302, "Location: " + THIRD.url() + "/itself"));
    FIRST.answer(seen -> Script.ofStatus(302, "Location: " + THIRD.url() + "/another"));
    String url = "url=" + THIRD.url() + "&id=c&weight=2";
    assertThat(post("/_proxy/backends/default", url, Settings.ADMIN_LINE).status()).isEqualTo(201);
    try {
      Await.until("both serve", () -> redirects().size() == 2);
      assertThat(redirects())
          .containsExactlyInAnyOrder("http://localhost/itself", "http://localhost/another");
    } finally {
      post("/_proxy/backends/default/c/remove", "", Settings.ADMIN_LINE);
      THIRD.answer(seen -> Script.ok("third"));
    }
  }

  @Test
  void anyIdCanBeMeant() throws Exception {
    String there = "/_proxy/backends/default/" + SECOND.authority().replace(":", "%3A") + "/check";
    assertThat(post(there, "", Settings.ADMIN_LINE).status()).isEqualTo(200);
  }

  @Test
  void theListNeedsTheKeyAndChangesNothing() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      Reply list = client.get("/_proxy/backends", Settings.ADMIN_LINE);
      assertThat(list.status()).isEqualTo(200);
      assertThat(list.text()).contains("\"id\": \"a\"", "\"id\": \"default\"");
      assertThat(list.text()).doesNotContain(Settings.ADMIN_KEY, Settings.KEY);
      assertThat(list.header("Cache-Control")).contains("no-store");
      assertThat(client.get("/_proxy/backends", Settings.KEY_LINE).status()).isEqualTo(401);
      assertThat(client.get("/_proxy/backends").status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
  void onlyPostActs(String method) throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      String request = method + " " + A + "disable HTTP/1.1\r\nHost: h\r\n" + Settings.ADMIN_LINE;
      Reply reply = client.exchange(request + "\r\n\r\n");
      assertThat(reply.status()).isIn(method.equals("TRACE") ? List.of(403, 405) : List.of(405));
    }
    assertThat(Status.get(server).backend("a").getString("standing")).isEqualTo("AVAILABLE");
  }

  @Test
  void withoutTheAdminsKeyNothingIsDone() throws Exception {
    assertThat(post(A + "disable", "").status()).isEqualTo(401);
    assertThat(post(A + "disable", "", Settings.KEY_LINE).status()).isEqualTo(401);
    assertThat(post(A + "disable", "", "X-API-Key: wrong-key-wrong-key").status()).isEqualTo(401);
    assertThat(Status.get(server).backend("a").getString("standing")).isEqualTo("AVAILABLE");
  }

  @Test
  void otherSitesCanDoNothing() throws Exception {
    String token = "token=" + token();
    String ours = "Origin: http://" + server.http().getAuthority();
    assertThat(post(A + "disable", token, BASIC, "Origin: http://evil.test").status())
        .isEqualTo(403);
    assertThat(post(A + "disable", token, BASIC, "Origin: null").status()).isEqualTo(403);
    assertThat(post(A + "disable", token, BASIC, ours, "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(403);
    assertThat(post(A + "disable", "", Settings.ADMIN_LINE, "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(403);
    assertThat(post(A + "disable", "", BASIC, ours).status()).as("no token").isEqualTo(403);
    assertThat(post(A + "disable", "token=x", BASIC, ours).status()).isEqualTo(403);
    assertThat(post(A + "disable", "", BASIC).status()).isEqualTo(403);
    assertThat(Status.get(server).backend("a").getString("standing")).isEqualTo("AVAILABLE");

    Reply reply = post(A + "disable", token + "&reason=&weight=1", BASIC, ours);
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).contains("/_proxy/status");
    assertThat(Status.get(server).backend("a").getString("standing")).isEqualTo("DISABLED");
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource({
    "/_proxy/backends/default/x/drain, '', 404",
    "/_proxy/backends/x/a/drain, '', 404",
    "/_proxy/backends/default/a/destroy, '', 404",
    "/_proxy/backends/default/a, '', 404",
    "/_proxy/backends/default/a/weight, '', 400",
    "/_proxy/backends/default/a/weight, weight=0, 422",
    "/_proxy/backends/default/a/drain, raeson=x, 400",
    "/_proxy/backends/default/a/drain, reason=%zz, 400",
    "/_proxy/backends/x, url=http://c.test, 404",
    "/_proxy/backends/default, '', 400",
    "/_proxy/backends/default, url=ftp://c.test, 422",
    "/_proxy/backends, url=http://c.test, 405",
  })
  void whatCannotBeDoneIsSaidInPlainWords(String path, String form, int status) throws Exception {
    Reply reply = post(path, form, Settings.ADMIN_LINE);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text()).startsWith(status + " ").doesNotContain("dev.gatehouse");
  }

  @Test
  void aFormIsReadUpToItsBoundOnly() throws Exception {
    String large = "reason=" + "x".repeat(5_000);
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.exchange(request(A + "drain", large, Settings.ADMIN_LINE));
      assertThat(reply.status()).isEqualTo(413);
      assertThat(client.isAtEnd()).isTrue();
    }
    String chunked =
        "POST "
            + A
            + "drain HTTP/1.1\r\nHost: h\r\n"
            + Settings.ADMIN_LINE
            + "\r\nTransfer-Encoding: chunked\r\n\r\n1400\r\n"
            + "x".repeat(0x1400)
            + "\r\n0\r\n\r\n";
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.exchange(chunked).status()).isEqualTo(413);
    }
    assertThat(post(A + "drain", "reason=" + "x".repeat(201), Settings.ADMIN_LINE).status())
        .isEqualTo(422);
    assertThat(Status.get(server).backend("a").getString("standing")).isEqualTo("AVAILABLE");
  }

  private String token() throws IOException {
    Matcher token = TOKEN.matcher(page(BASIC));
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private String page(String key) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.get("/_proxy/status", key).text();
    }
  }

  /** Whose answer a new request gets. */
  private String other(String target) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.get(target, Settings.KEY_LINE).text();
    }
  }

  /** Where some requests are sent. */
  private Set<String> redirects() throws IOException {
    Set<String> seen = new HashSet<>();
    try (RawClient client = RawClient.to(server.http())) {
      for (int i = 0; i < 8; i++) {
        client.get("/moved", Settings.KEY_LINE).header("Location").ifPresent(seen::add);
      }
    }
    return seen;
  }

  private Reply post(String path, String form, String... lines) throws IOException {
    try (RawClient client = RawClient.to(server.http())) {
      return client.exchange(request(path, form, lines));
    }
  }

  private String request(String path, String form, String... lines) {
    StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: ");
    request.append(server.http().getAuthority()).append("\r\n");
    List.of(lines).forEach(line -> request.append(line).append("\r\n"));
    return request
        .append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
        .append(form.length())
        .append("\r\n\r\n")
        .append(form)
        .toString();
  }
}
