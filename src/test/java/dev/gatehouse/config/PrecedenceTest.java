package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest {
  private static final String NAME = "proxy.upstream.connectTimeout";

  @TempDir Path folder;

  /** Each layer gives a number of seconds of its own; the highest of those present counts. */
  @ParameterizedTest(name = "{0} -> {1}s")
  @CsvSource({
    "system environment outside init context, 1",
    "environment outside init context, 2",
    "outside init context, 3",
    "init context inside, 4",
    "context inside, 5",
    "inside, 6",
    "none, 3",
    "system inside, 1",
    "system context, 1",
    "environment init, 2",
    "outside context, 3",
  })
  void theHighestLayerCounts(String layers, long seconds) throws IOException {
    var given = Given.valid();
    for (String layer : layers.split(" ", -1)) {
      switch (layer) {
        case "system" -> given.system(NAME, "1s");
        case "environment" -> given.environment("PROXY_UPSTREAM_CONNECTTIMEOUT", "2s");
        case "outside" -> given.context("proxy.config", file(NAME + " = 3s").toString());
        case "init" -> given.init("servlet proxy", "connectTimeout", "4s");
        case "context" -> given.context(NAME, "5s");
        case "inside" -> {
          given.context("proxy.config", "/WEB-INF/proxy.properties");
          given.insideWar.put("/WEB-INF/proxy.properties", NAME + "=6s");
        }
        default -> {} // the default, 3s
      }
    }

    assertThat(given.config().client().connectTimeout()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(given.load().notes()).isEmpty();
  }

  @Test
  void aBlankValueIsNotGiven() {
    var given =
        Given.valid().system(NAME, " ").environment("PROXY_UPSTREAM_CONNECTTIMEOUT", "${NONE:}");

    assertThat(given.context(NAME, "9s").config().client().connectTimeout())
        .isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void aValueThatIsOverriddenIsNotChecked() {
    var given = Given.valid().system(NAME, "1s").context(NAME, "soon");

    assertThat(given.config().client().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aFullNameServesAsInitParamToo() {
    var given = Given.valid().init("filter auth", "proxy.upstream.connectTimeout", "7s");

    assertThat(given.config().client().connectTimeout()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void theFileMayBeAUrlAndItsNameMayComeFromAnywhereButAFile() throws IOException {
    String url = file(NAME + "=8s\nproxy.hostHeader=${app.host}").toUri().toString();
    var given = Given.valid().environment("PROXY_CONFIG", url).system("app.host", "a.example");

    assertThat(given.config().client().connectTimeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(given.config().routes().get(0).hostHeader()).contains("a.example");
  }

  @ParameterizedTest
  @CsvSource({
    "/no/such.properties, there is no such file",
    "/WEB-INF/none.properties, there is no such file",
    "/etc/passwd, must end in .properties",
    "file:\\x.properties, 'is no path or file: URL, or the file has a bad \\u escape'",
    "{folder}/latin1.properties, 'cannot be read, or is not UTF-8 text'",
    "{folder}/escape.properties, 'is no path or file: URL, or the file has a bad \\u escape'",
  })
  void aFileThatCannotBeReadIsAProblem(String place, String reason) throws IOException {
    Files.write(folder.resolve("latin1.properties"), new byte[] {'a', '=', (byte) 0xe4});
    Files.writeString(folder.resolve("escape.properties"), "proxy.debug=\\u00zz");
    String value = place.replace("{folder}", folder.toString());

    assertThat(Given.valid().context("proxy.config", value).problem())
        .isEqualTo("proxy.config = " + value + " (context-param): " + reason);
  }

  @Test
  void whatIsGivenTwiceInOneLayerIsAProblem() throws IOException {
    var given = Given.valid().context(NAME, "1s").context("proxy.http.socket.timeout", "1s");
    assertThat(given.problem())
        .isEqualTo(
            NAME
                + " (context-param proxy.http.socket.timeout): also given as context-param;"
                + " keep one of them");

    Path twice = file("proxy.debug=on\nproxy.debug=off");
    assertThat(Given.valid().context("proxy.config", twice.toString()).problem())
        .isEqualTo("proxy.debug (file " + twice + "): given twice; keep one of them");
  }

  @Test
  void namesOfThisInstanceBeatPlainOnesOfTheSameLayerOnly() throws IOException {
    var given = Given.valid().context("proxy.instance", "my-shop");
    given.context("proxy.config", file("proxy@my-shop.debug=on\nproxy.debug=off").toString());
    given.system("proxy@my-shop.upstream.timeout", "1s").system("proxy.upstream.timeout", "2s");
    given.system("proxy.upstream.idleTimeout", "3s");
    given.environment("PROXY_MY_SHOP_UPSTREAM_IDLETIMEOUT", "4s");
    given.environment("PROXY_MY_SHOP_UPSTREAM_MAXTHREADS", "10");
    given.environment("PROXY_UPSTREAM_MAXTHREADS", "11");
    given.system("proxy@other.nonsense", "x").environment("PROXY_OTHER_DEBUG", "x");

    ProxyConfig config = given.config();

    assertThat(config.debug()).isTrue();
    assertThat(config.client().totalTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.client().idleTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.client().maxThreads()).isEqualTo(10);
    assertThat(given.load().notes()).isEmpty();
  }

  @Test
  void theInstanceItselfIsFoundByItsPrecedence() {
    var given = Given.valid().context("proxy.instance", "low").system("proxy@high.debug", "on");
    given.environment("PROXY_INSTANCE", "high").environment("PROXY_HIGH_BACKENDHEADER", "off");
    assertThat(given.config().debug()).isTrue();
    assertThat(given.config().answer().backendHeader()).isEmpty();

    given.system("proxy.instance", "${NONE:other}");
    assertThat(given.config().debug()).isFalse();
  }

  @Test
  void namesForInstancesAreNotedIfThisWarHasNone() {
    var given =
        Given.valid().system("proxy@shop.debug", "on").environment("PROXY_SHOP_DEBUG", "on");

    assertThat(given.load().notes())
        .containsExactly(
            "system property proxy@shop.debug is for a named instance, but proxy.instance is not"
                + " set: ignored",
            "environment variable PROXY_SHOP_DEBUG seems to be for a named instance: ignored");
  }

  @Test
  void configAndInstanceMustBeKnownBeforeFilesAndInitParamsAreRead() throws IOException {
    var given = Given.valid().init("servlet proxy", "proxy.instance", "shop");
    given.context("proxy.config", file("proxy.config=/x.properties").toString());

    assertThat(given.problems())
        .extracting(Problem::reason)
        .containsExactly(
            "must be a system property, environment variable or context-param",
            "must be a system property, environment variable or context-param");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("gatehouse.properties"), text);
  }
}
