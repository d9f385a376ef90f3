package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"environment", "system", "context", "init", "inside"})
  void aSecretCanBeReadFromAFileThatAnySourceNames(String layer) throws IOException {
    String path = file(" pass ${word}\r\n").toString();
    var given = Given.valid();
    given.context("proxy.tls.keyStore", Files.createFile(folder.resolve("k.p12")).toString());
    switch (layer) {
      case "environment" -> given.environment("PROXY_TLS_KEYSTOREPASSWORD_FILE", path);
      case "system" -> given.system("proxy.tls.keyStorePassword_FILE", path);
      case "context" -> given.context("proxy.tls.keyStorePassword_FILE", path);
      case "init" -> given.init("servlet proxy", "keyStorePassword_FILE", path);
      default -> {
        given.context("proxy.config", "/WEB-INF/p.properties");
        given.insideWar.put("/WEB-INF/p.properties", "proxy.tls.keyStorePassword_FILE=" + path);
      }
    }

    assertThat(given.config().tls().keyStorePassword()).contains(new Secret(" pass ${word}"));
  }

  @Test
  void keysAreAList() throws IOException {
    var given = Given.valid().init("filter auth", "apiKeys", "a:1;scopes=proxy admin, b:2\n c:3");
    assertThat(given.config().auth().keyLines())
        .containsExactly(
            new Secret("a:1;scopes=proxy admin"), new Secret("b:2"), new Secret("c:3"));

    String path = file("a:1\nb:2\n").toString();
    given = Given.valid().environment("PROXY_AUTH_APIKEYS_FILE", path);
    assertThat(given.config().auth().keyLines())
        .containsExactly(new Secret("a:1"), new Secret("b:2"));
  }

  @Test
  void aFileThatIsMissingOrEmptyIsOneProblemThatDoesNotShowThePath() throws IOException {
    var keys = Given.nothing().context("proxy.backends", "http://a");

    assertThat(keys.context("proxy.auth.apiKeys_FILE", "s3cret").problem())
        .isEqualTo(
            "proxy.auth.apiKeys = *** (context-param proxy.auth.apiKeys_FILE): the file that it"
                + " names does not exist or cannot be read");
    assertThat(keys.context("proxy.auth.apiKeys_FILE", "s3cret\0").problem())
        .doesNotContain("s3cret");
    assertThat(keys.context("proxy.auth.apiKeys_FILE", file("\n").toString()).problem())
        .endsWith("the file that it names is empty");
  }

  @Test
  void aSecretAndItsFileAreGivenTwice() {
    var given = Given.valid().context("proxy.auth.apiKeys", "a:s3cret");

    assertThat(given.context("proxy.auth.apiKeys_FILE", "/x").problem())
        .isEqualTo(
            "proxy.auth.apiKeys (context-param): also given as context-param"
                + " proxy.auth.apiKeys_FILE; keep one of them");
  }

  @Test
  void noSecretIsInAnyMessage() {
    var given = Given.nothing();
    given.context("proxy.auth.apiKeys", "id:s3cret${s3cret}");
    given.context("proxy.auth.apiKey", "id:s3cret");
    given.context("proxy.tls.trustStorePassword", "s3cret");
    given.system("proxy.tls.keystorePassword", "s3cret");
    given.environment("PROXY_TLS_KEYSTOREPASSWORDS", "s3cret");
    given.init("servlet proxy", "trustPassword", "s3cret");
    given.context(
        "proxy.backends",
        "http://u:s3cret,s3cret@a:1, u:s3cret@b, https://u:s3cret/@c, http://u:s3cret//s3cret@d");
    given.context("proxy.config", "file://u:s3cret@host/x.properties");
    given.context("proxy.hostHeader", "u:s3cret@b");

    ConfigException failure = given.failure();

    assertThat(failure.problems()).hasSize(11);
    assertThat(failure).hasMessageNotContaining("s3cret").hasNoCause();
    assertThat(failure.problems().toString()).doesNotContain("s3cret");
  }

  @Test
  void valuesThatMayBeSecretAreInNoToString() {
    var parameter = Parameters.named("proxy.auth.apiKeys");
    var known = new Name.Known(parameter, false, false, false);

    assertThat(new Setting(parameter, "context-param", "s3cret").toString())
        .isEqualTo("proxy.auth.apiKeys (context-param)");
    assertThat(new Layer.Given(known, "context-param", "s3cret")).hasToString("context-param");
    assertThat(new ConfigFile("file x", true, Map.of("a", "s3cret"))).hasToString("file x");
    assertThat(Given.valid().system("a", "s3cret").sources()).hasToString("Sources");
    assertThat(Given.valid().init("filter auth", "apiKeys", "a:s3cret").config().toString())
        .doesNotContain("s3cret");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("secret"), text);
  }
}
