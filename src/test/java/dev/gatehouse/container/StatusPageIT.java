package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Reply;
import dev.gatehouse.testkit.Script;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that an operator opens: as the server sends it, and as a browser shows it. */
@ArquillianTest
@RunAsClient
@DisplayName("Status page")
final class StatusPageIT {
  private static final Pattern REQUESTS = Pattern.compile("<dt>Requests</dt><dd>(\\d+)</dd>");
  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"[^\"]+\"");
  private static final Backend UP = new Backend(seen -> Script.ok("served"));
  private static final Backend DOWN = new Backend(seen -> Script.ok("served"));

  @TempDir private static Path directory;

  private final ServerUnderTest server = ServerUnderTest.current();

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    DOWN.stop();
    Gatehouse.deploy(
        Settings.with(
            Settings.of(UP, DOWN), "proxy.backends", UP.url() + ", " + DOWN.url() + " backup"));
  }

  @AfterAll
  static void stop() {
    UP.close();
    DOWN.close();
  }

  @Test
  void itIsWholeWithoutScriptsAndMayLoadNothing() throws Exception {
    Await.until("one down", () -> page().text().contains("UNREACHABLE"));
    Reply page = page();
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type").orElseThrow().toLowerCase(Locale.ROOT))
        .startsWith("text/html");
    assertThat(page.header("Cache-Control")).contains("no-store");
    assertThat(page.header("Set-Cookie")).isEmpty();
    assertThat(page.header("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(page.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.text())
        .contains("Backend URL", "Status", "Failures", "Last Healthy", "Weight")
        .contains(UP.url().toString(), "HEALTHY")
        .contains(DOWN.url().toString(), "connection refused")
        .contains("Gatehouse 0.", "1 of 2 available")
        .doesNotContain(Settings.KEY, Settings.ADMIN_KEY);
  }

  @Test
  void aBrowserShowsItAndKeepsItFresh() throws Exception {
    Optional<Path> program = Chromium.find();
    Assumptions.assumeTrue(
        program.isPresent(), "no Chromium on this machine: apt-get install chromium");
    Await.until("one down", () -> page().text().contains("UNREACHABLE"));
    Chromium browser = new Chromium(program.get(), directory.resolve("profile"));
    URI address =
        URI.create(server.http().toString().replace("//", "//me:" + Settings.ADMIN_KEY + "@"))
            .resolve("/_proxy/status");
    int before = requests(page().text());
    String shown = browser.documentAfter(address, 7_000);
    assertThat(shown).contains(UP.url().toString(), "UNREACHABLE");
    assertThat(requests(shown)).as("refreshed by its script").isGreaterThan(before + 1);
    assertThat(shown).as("its forms still have their token").contains(token(page().text()));
    assertThat(shown).doesNotContain("name=\"token\" value=\"\"");
    for (int width : new int[] {1500, 500}) {
      Path picture = server.base().resolve("status-" + width + ".png");
      browser.picture(address, width, picture);
      assertThat(Files.size(picture)).isGreaterThan(10_000);
    }
  }

  @Test
  void aBrowserReadsAnIdAsTextWhateverItHas() throws Exception {
    Optional<Path> program = Chromium.find();
    Assumptions.assumeTrue(
        program.isPresent(), "no Chromium on this machine: apt-get install chromium");
    Chromium browser = new Chromium(program.get(), directory.resolve("profile"));
    URI address =
        URI.create(server.http().toString().replace("//", "//me:" + Settings.ADMIN_KEY + "@"))
            .resolve("/_proxy/status");
    String shown = browser.documentAfter(address, 1_000);
    assertThat(shown)
        .contains("<small>" + UP.authority() + "</small>")
        .contains("action=\"backends/default/" + UP.authority().replace(":", "%3A") + "/check\"");
  }

  @Test
  void itHasFormsForWhomItMayServeAndNoOthers() throws Exception {
    Reply page = page();
    assertThat(page.header("Content-Security-Policy").orElseThrow()).contains("form-action 'self'");
    assertThat(page.header("Referrer-Policy")).contains("same-origin");
    assertThat(page.text())
        .contains("name=\"token\"", ">Drain</button>", "does not survive a restart");
  }

  @Test
  void itsTokenGoesToWindowsOnly() throws Exception {
    String token = token(page().text());
    assertThat(get("/_proxy/status", "document").text()).contains(token);
    for (String dest : new String[] {"empty", "iframe", "object", "serviceworker"}) {
      Reply refused = get("/_proxy/status", dest);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).contains("must be opened in a window").doesNotContain(token);
    }
    Reply part = get("/_proxy/status.part", "empty");
    assertThat(part.status()).isEqualTo(200);
    assertThat(part.text()).contains(">Drain</button>").doesNotContain(token);
    assertThat(get("/_proxy/status.json", "empty").status()).isEqualTo(200);
  }

  private Reply page() throws Exception {
    return get("/_proxy/status", "document");
  }

  private Reply get(String path, String dest) throws Exception {
    try (RawClient client = RawClient.to(server.http())) {
      return client.get(path, Settings.ADMIN_LINE, "Sec-Fetch-Dest: " + dest);
    }
  }

  private static String token(String page) {
    Matcher token = TOKEN.matcher(page);
    assertThat(token.find()).as("a token in %s", page).isTrue();
    return token.group();
  }

  private static int requests(String page) {
    Matcher number = REQUESTS.matcher(page);
    assertThat(number.find()).as("a count of requests in %s", page).isTrue();
    return Integer.parseInt(number.group(1));
  }
}
