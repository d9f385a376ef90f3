package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig.Backend;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendsTest {

  @Test
  void entriesStandBetweenCommasOrLineEnds() {
    assertThat(
            read(
                """

                http://a:8080 weight=3,
                HTTPS://B.example/base  id=b weight=256
                http://[::1]:81, http://a:8081/
                """))
        .containsExactly(
            new Backend("a:8080", URI.create("http://a:8080"), 3, false),
            new Backend("b", URI.create("https://B.example/base"), 256, false),
            new Backend("[::1]:81", URI.create("http://[::1]:81"), 1, false),
            new Backend("a:8081", URI.create("http://a:8081/"), 1, false));
  }

  @Test
  void oneAtLeastIsRequired() {
    var given = Given.nothing().context("proxy.auth.mode", "none");
    String required =
        "proxy.backends: required: write one or more URLs, such as http://127.0.0.1:8080";

    assertThat(given.problem()).isEqualTo(required);
    assertThat(given.context("proxy.backends", " , ").problem()).isEqualTo(required);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a:8080 | a backend's URL must start with http:// or https://",
        "ftp://a | a backend's URL must start with http:// or https://",
        "http:/a | a backend's URL must start with http:// or https://",
        "http:// | not a URL",
        "http://a/<b> | not a URL",
        "http:///path | no host, or one that is not of letters, digits, dots and hyphens only",
        "http://my_app:80 | no host, or one that is not of letters, digits, dots and hyphens only",
        "http://a:0 | the port must be from 1 to 65535",
        "http://a:65536 | the port must be from 1 to 65535",
        "http://a: | the port must be from 1 to 65535",
        "http://a?x=y | a backend's URL may have a path, but no ? or #",
        "https://a/#x | a backend's URL may have a path, but no ? or #",
        "http://a weight=0 | the weight must be a whole number from 1 to 256",
        "http://a weight=257 | the weight must be a whole number from 1 to 256",
        "http://a weight=x | the weight must be a whole number from 1 to 256",
        "http://a id= | an id is of letters, digits, dots, hyphens and underscores",
        "http://a Backup | write url [weight=n] [id=x] [backup], and commas between backends",
        "http://a http://b | write url [weight=n] [id=x] [backup], and commas between backends",
      })
  void aBadEntryIsAProblem(String entry, String reason) {
    assertThat(problem("http://good, " + entry))
        .isEqualTo("proxy.backends = " + entry + " (context-param): " + reason);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a, http://a | http://a | this URL is given twice",
        "http://a, HTTP://A:80/ id=b | HTTP://A:80/ id=b | this URL is given twice",
        "https://a:443/x, https://a/x/ | https://a/x/ | this URL is given twice",
        "http://a/x, http://a/y | http://a/y | another backend has the id a: give one"
            + " of them id=...",
        "http://a id=x, http://b id=x | http://b id=x | another backend has the id x:"
            + " give one of them id=...",
      })
  void backendsDifferInUrlAndId(String entries, String entry, String reason) {
    assertThat(problem(entries))
        .isEqualTo("proxy.backends = " + entry + " (context-param): " + reason);
  }

  @Test
  void aUserAndPasswordAreRefusedAndHidden() {
    assertThat(problem("http://user:pa,ss@a:1/x"))
        .isEqualTo(
            "proxy.backends = http://***@a:1/x (context-param): a backend's URL may hold no user"
                + " or password");
  }

  private static List<Backend> read(String value) {
    return Given.valid().context("proxy.backends", value).config().pools().get(0).backends();
  }

  @Test
  void oneMayBeNamedAtRunTimeByTheSameRules() {
    assertThat(Backends.parse(" http://a:1 weight=2 backup ").backend())
        .contains(new Backend("a:1", URI.create("http://a:1"), 2, true));
    assertThat(Backends.parse("http://me:x,y@a").problems())
        .contains("a backend's URL may hold no user or password");
    assertThat(Backends.parse("http://a,http://b").problems())
        .contains("write one backend, without commas");
    assertThat(Backends.parse("http://a weight=0").backend()).isEmpty();
    assertThat(Backends.parseWeight("256")).contains(256);
    assertThat(Backends.parseWeight("257")).isEmpty();
    assertThat(Backends.parseWeight("0")).isEmpty();
  }

  private static String problem(String value) {
    return Given.valid().context("proxy.backends", value).problem();
  }
}
