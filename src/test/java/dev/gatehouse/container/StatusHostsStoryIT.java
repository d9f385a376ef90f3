package dev.gatehouse.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RawHttp2;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own pages at hosts of their own, so that no backend's page is of their origin. */
@ArquillianTest
@RunAsClient
@DisplayName("Hosts of the status page")
final class StatusHostsStoryIT {
  private static final List<String> PAGES =
      List.of("/_proxy/status", "/_proxy/status.part", "/_proxy/status.json", "/_proxy/backends");
  private static final Backend BACKEND = new Backend(seen -> Script.ok("backend"));

  @TempDir private static Path directory;

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @AfterEach
  void asBefore() {
    BACKEND.answer(seen -> Script.ok("backend"));
  }

  @AfterAll
  static void stop() {
    BACKEND.close();
  }

  @Test
  void pagesAndTrafficHaveHostsForThemselves() throws Exception {
    int before = BACKEND.requests().size();
    try (Gatehouse gatehouse = deploy("ops.example, www.example:8443")) {
      for (String own : List.of("ops.example", "OPS.example.:8080", "www.example:8443")) {
        for (String page : PAGES) {
          assertThat(get(gatehouse, own, page).status()).as(own + page).isEqualTo(200);
        }
        assertThat(get(gatehouse, own, "/_proxy/none").status()).isEqualTo(404);
        for (String path : List.of("/", "/app", "/_proxyapp", "/_proxy.html")) {
          isNotFoundByUs(gatehouse, own, path);
        }
        Reply sent = ask(gatehouse, own, "POST", "/app", "Content-Length: 4\r\n", "body");
        assertThat(sent.status()).isEqualTo(404);
        assertThat(sent.header("Connection")).contains("close");
      }
      for (String other : List.of("www.example", "www.example:443", "aops.example", "127.0.0.1")) {
        PAGES.forEach(page -> isNotFoundByUs(gatehouse, other, page));
        Reply change = ask(gatehouse, other, "POST", "/_proxy/backends/default/a/drain", "", "");
        assertThat(change.status()).isEqualTo(404);
      }
      assertThat(BACKEND.requests()).hasSize(before);
      assertThat(get(gatehouse, "www.example", "/app").text()).isEqualTo("backend");

      for (String any : List.of("ops.example", "www.example")) {
        assertThat(get(gatehouse, any, "/_proxy/live").status()).isEqualTo(200);
        assertThat(get(gatehouse, any, "/_proxy/ready").status()).isEqualTo(200);
      }
      assertThat(overHttp2(gatehouse, "ops.example:8080", "/_proxy/status.json")).isEqualTo(200);
      assertThat(overHttp2(gatehouse, "ops.example:8080", "/app")).isEqualTo(404);
      assertThat(overHttp2(gatehouse, "www.example:8080", "/_proxy/status.json")).isEqualTo(404);
      assertThat(overHttp2(gatehouse, "www.example:8080", "/app")).isEqualTo(200);
    }
  }

  @Test
  void byDefaultTheyAreAtAnyHostTogether() throws Exception {
    int before = BACKEND.requests().size();
    try (Gatehouse gatehouse = deploy("")) {
      for (String any : List.of("ops.example", "www.example:8443")) {
        assertThat(get(gatehouse, any, "/_proxy/status").status()).isEqualTo(200);
        assertThat(get(gatehouse, any, "/app").text()).isEqualTo("backend");
      }
    }
    assertThat(BACKEND.requests()).hasSize(before + 2);
  }

  @Test
  void aBackendsPageOfTheSameOriginGetsNoTokenByItself() throws Exception {
    assertThat(seenByAPage("", "127.0.0.1", "")).contains("status 403", "part 200 without");
  }

  @Test
  void aBackendsPageAtAnotherHostGetsNothing() throws Exception {
    String pages = "http://127.0.0.1:" + server.http().getPort();
    assertThat(seenByAPage("127.0.0.1", "localhost", pages))
        .contains("status refused", "part refused");
    assertThat(seenByAPage("127.0.0.1", "localhost", "")).contains("status 404", "part 404");
  }

  /** What a browser lets a page of a backend read of ours, with the operator's own password. */
  private String seenByAPage(String hosts, String host, String pages) throws Exception {
    Optional<Path> program = Chromium.find();
    Assumptions.assumeTrue(
        program.isPresent(), "no Chromium on this machine: apt-get install chromium");
    String password =
        Base64.getEncoder().encodeToString(("me:" + Settings.ADMIN_KEY).getBytes(UTF_8));
    String page =
        """
        <body><script>
          const read = async path => {
            try {
              const headers = { Authorization: "Basic %s" };
              const answer = await fetch("%s/_proxy/" + path, { headers });
              const token = /name="token" value="[^"]/.test(await answer.text());
              document.body.append(path + " " + answer.status + (token ? " with" : " without") + ";");
            } catch (e) {
              document.body.append(path + " refused;");
            }
          };
          read("status").then(() => read("status.part"));
        </script></body>
        """
            .formatted(password, pages);
    BACKEND.answer(
        seen ->
            Script.response(200, page.getBytes(UTF_8), "Content-Type: text/html;charset=utf-8"));
    Map<String, String> settings =
        Settings.with(settings(hosts), "proxy.auth.mode", "none"); // a browser has no key field
    try (Gatehouse gatehouse = Gatehouse.deploy(settings)) {
      Chromium browser = new Chromium(program.get(), directory.resolve("profile"));
      URI evil = URI.create("http://" + host + ":" + gatehouse.http().getPort() + "/evil");
      return browser.documentAfter(evil, 5_000).replace("status.part", "part");
    }
  }

  private static Gatehouse deploy(String hosts) {
    return Gatehouse.deploy(settings(hosts));
  }

  private static Map<String, String> settings(String hosts) {
    return Settings.with(Settings.of(BACKEND), "proxy.status.hosts", hosts);
  }

  private static void isNotFoundByUs(Gatehouse gatehouse, String host, String path) {
    try {
      Reply reply = get(gatehouse, host, path);
      assertThat(reply.status()).as(host + path).isEqualTo(404);
      assertThat(reply.header("WWW-Authenticate")).isEmpty();
      assertThat(reply.text()).contains("There is nothing at this address.");
    } catch (IOException e) {
      throw new AssertionError(host + path, e);
    }
  }

  private static Reply get(Gatehouse gatehouse, String host, String path) throws IOException {
    return ask(gatehouse, host, "GET", path, "", "");
  }

  private static Reply ask(
      Gatehouse gatehouse, String host, String method, String path, String lines, String body)
      throws IOException {
    try (RawClient client = RawClient.to(gatehouse.http())) {
      String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n";
      return client.exchange(head + Settings.ADMIN_LINE + "\r\n" + lines + "\r\n" + body);
    }
  }

  private static int overHttp2(Gatehouse gatehouse, String authority, String path)
      throws IOException {
    try (RawHttp2 client = RawHttp2.to(gatehouse.http().getPort())) {
      client.headers(
          1,
          true,
          ":method: GET",
          ":scheme: http",
          ":authority: " + authority,
          ":path: " + path,
          "x-api-key: " + Settings.ADMIN_KEY);
      return client.answer(1).status();
    }
  }
}
