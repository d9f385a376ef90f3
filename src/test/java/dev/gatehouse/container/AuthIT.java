package dev.gatehouse.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what those learn who do not. */
@ArquillianTest
@RunAsClient
@DisplayName("API keys")
final class AuthIT {
  private static final Backend BACKEND = new Backend(seen -> Script.ok("inside"));

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    Gatehouse.deploy(Settings.of(BACKEND));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @Test
  void aKeyThatABrowserHasLearntForOurPagesReachesNoBackend() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      String key = "Authorization: Basic " + basic(Settings.ADMIN_KEY);
      assertThat(client.get("/learnt", Settings.KEY_LINE, key).status()).isEqualTo(200);
      String other = "Authorization: Basic " + basic("a password of the backend");
      assertThat(client.get("/other", Settings.KEY_LINE, other).status()).isEqualTo(200);
      String first = "Authorization: Bearer x";
      assertThat(client.get("/second", Settings.KEY_LINE, first, key).status()).isEqualTo(200);
    }
    assertThat(BACKEND.request("/second").header("Authorization")).isEmpty();
    assertThat(BACKEND.request("/learnt").header("Authorization")).isEmpty();
    assertThat(BACKEND.request("/other").header("Authorization")).isPresent();
  }

  @Test
  void whateverIsWrongWithAKeyTheAnswerIsTheSame() throws Exception {
    List<String[]> wrong =
        List.of(
            new String[] {"X-Nothing: 1"},
            new String[] {"X-API-Key:"},
            new String[] {"X-API-Key: wrong-key-wrong-key"},
            new String[] {"X-API-Key: " + Settings.KEY + "x"},
            new String[] {Settings.KEY_LINE, Settings.KEY_LINE},
            new String[] {"Cookie: X-API-Key=" + Settings.KEY},
            new String[] {"Authorization: Basic " + basic(Settings.KEY)},
            new String[] {"X_API_Key: " + Settings.KEY});
    int before = BACKEND.requests().size();
    Set<String> answers = new HashSet<>();
    for (String[] headers : wrong) {
      try (RawClient client = RawClient.to(server.http())) {
        Reply reply = client.get("/?X-API-Key=" + Settings.KEY, headers);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("ApiKey realm=\"proxy\"");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        String id = reply.header("X-Request-Id").orElseThrow(); // of one length, as it is ours
        answers.add(reply.statusLine() + reply.text().replace(id, "id") + id.length());
      }
    }
    assertThat(answers).hasSize(1);
    assertThat(BACKEND.requests()).hasSize(before);
  }

  @Test
  void aRefusedUploadIsNeverTakenForTheNextRequest() throws Exception {
    int before = BACKEND.requests().size();
    try (RawClient client = RawClient.to(server.http())) {
      String smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n" + Settings.KEY_LINE + "\r\n\r\n";
      Reply reply =
          client.exchange(
              "POST /refused HTTP/1.1\r\nHost: h\r\nContent-Length: "
                  + smuggled.length()
                  + "\r\n\r\n"
                  + smuggled);
      assertThat(reply.status()).isEqualTo(401);
      Reply next = client.get("/next");
      assertThat(next.status()).isIn(0, 401);
    }
    assertThat(BACKEND.requests()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/_proxy/status", "/_proxy/status.json", "/_proxy/", "/_proxy/nothing"})
  void ourPagesAreForAdminsOnly(String path) throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get(path, Settings.KEY_LINE);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers("WWW-Authenticate"))
          .containsExactly("ApiKey realm=\"proxy\"", "Basic realm=\"proxy\", charset=\"UTF-8\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_proxy;x=1/status.json",
        "/x/../_proxy/status.json",
        "/%5Fproxy/status.json",
        "//_proxy/status.json",
        "/WEB-INF/web.xml",
        "/WEB-INF/status.jsp",
      })
  void noSpellingOfAPathLeadsPastTheAdminsKey(String path) throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      Reply reply = client.get(path, Settings.KEY_LINE);
      assertThat(reply.text()).doesNotContain("uptimeSeconds", "<web-app", "Gatehouse");
    }
  }

  @Test
  void anAdminsKeyOpensThemAsFieldAndAsPassword() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/_proxy/status.json", Settings.ADMIN_LINE).status()).isEqualTo(200);
      assertThat(
              client
                  .get("/_proxy/status.json", "Authorization: Basic " + basic(Settings.ADMIN_KEY))
                  .status())
          .isEqualTo(200);
      assertThat(client.get("/_proxy/nothing", Settings.ADMIN_LINE).status()).isEqualTo(404);
    }
  }

  @Test
  void keysAreInNoLog() throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      assertThat(client.get("/logged", Settings.KEY_LINE).text()).isEqualTo("inside");
      assertThat(client.get("/logged", "X-API-Key: mistyped-key-mistyped").status()).isEqualTo(401);
    }
    assertThat(server.log()).doesNotContain(Settings.KEY, Settings.ADMIN_KEY, "mistyped-key");
  }

  private static String basic(String password) {
    return Base64.getEncoder().encodeToString(("anyone:" + password).getBytes(UTF_8));
  }
}
