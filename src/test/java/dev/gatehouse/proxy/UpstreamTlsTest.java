package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.Problem;
import dev.gatehouse.config.Secret;
import dev.gatehouse.config.Tls;
import dev.gatehouse.config.Tls.Verify;
import dev.gatehouse.testkit.Identity;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Pki;
import dev.gatehouse.testkit.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real handshakes with backends that have good and bad certificates. */
@Timeout(60)
@DisplayName("RFC 9110 §4.3.4 https certificate verification")
class UpstreamTlsTest {
  private static final Optional<Secret> PASSWORD = Optional.of(new Secret(Pki.PASSWORD));

  private enum Shown {
    GOOD,
    EXPIRED,
    WRONG_NAME,
    NAME_IN_CN_ONLY,
    SELF_SIGNED;

    Identity by(Pki pki) throws Exception {
      return switch (this) {
        case GOOD -> pki.good();
        case EXPIRED -> pki.expired();
        case WRONG_NAME -> pki.wrongName();
        case NAME_IN_CN_ONLY -> pki.client("127.0.0.1"); // RFC 9110 §4.3.4
        case SELF_SIGNED -> Pki.selfSigned();
      };
    }
  }

  @TempDir private Path folder = Path.of("");
  private Pki pki;
  private Tls trusting;

  UpstreamTlsTest() throws Exception {
    pki = Pki.create();
    trusting = Settings.TLS;
  }

  @BeforeEach
  void writeAuthority() throws Exception {
    Path ca = pki.authority().writeCertificate(folder.resolve("ca.pem"));
    trusting = new Edit(Settings.TLS).caFile(ca).tls();
  }

  @ParameterizedTest(name = "verify={0}, {1} -> {2}")
  @CsvSource({
    "FULL, GOOD, true",
    "FULL, EXPIRED, false",
    "FULL, WRONG_NAME, false",
    "FULL, NAME_IN_CN_ONLY, false",
    "FULL, SELF_SIGNED, false",
    "CHAIN, GOOD, true",
    "CHAIN, EXPIRED, false",
    "CHAIN, WRONG_NAME, true",
    "CHAIN, NAME_IN_CN_ONLY, true",
    "CHAIN, SELF_SIGNED, false",
  })
  void aCertificateIsCheckedAsFarAsConfigured(Verify verify, Shown shown, boolean accepted)
      throws Exception {
    Tls tls = new Edit(trusting).verify(verify).tls();
    try (Origin origin = origin(shown.by(pki))) {
      if (accepted) {
        assertThat(get(origin.url(), tls)).isEqualTo("secret");
      } else {
        assertRefused(origin, origin.url(), tls);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsCheckedIfNothingIsToBe(Shown shown) throws Exception {
    try (Origin origin = origin(shown.by(pki))) {
      assertThat(get(origin.url(), Settings.tls(Verify.NONE))).isEqualTo("secret");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsCheckedEvenIfAuthoritiesAreGiven(Shown shown) throws Exception {
    Tls tls = new Edit(trusting).verify(Verify.NONE).tls();
    try (Origin origin = origin(shown.by(pki))) {
      assertThat(get(origin.url(), tls)).isEqualTo("secret");
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "localhost"})
  void theNameIsTheOneInTheUrl(String host) throws Exception {
    try (Origin origin = origin(pki.good())) {
      assertThat(get(URI.create("https://" + host + ":" + origin.port()), trusting))
          .isEqualTo("secret");
    }
    try (Origin origin = origin(pki.named("localhost"))) {
      URI url = URI.create("https://" + host + ":" + origin.port());
      if (host.equals("localhost")) {
        assertThat(get(url, trusting)).isEqualTo("secret");
      } else {
        assertRefused(origin, url, trusting);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "CHAIN"})
  void withoutAFileTheJdksAuthoritiesAreTrustedAndNotOurs(Verify verify) throws Exception {
    try (Origin origin = origin(pki.good())) {
      assertRefused(origin, origin.url(), Settings.tls(verify));
    }
  }

  @Test
  void allCertificatesOfAPemFileAreTrusted() throws Exception {
    Pki other = Pki.create();
    Path first = other.authority().writeCertificate(folder.resolve("1.pem"));
    Path second = pki.authority().writeCertificate(folder.resolve("2.pem"));
    Path both = folder.resolve("both.pem");
    Files.writeString(both, Files.readString(first) + "\n" + Files.readString(second));
    Tls tls = new Edit(Settings.TLS).caFile(both).tls();
    for (Pki each : List.of(pki, other)) {
      try (Origin origin = Origin.tls(each.context(each.good()))) {
        origin.answer(request -> Script.ok("secret"));
        assertThat(get(origin.url(), tls)).isEqualTo("secret");
      }
    }
  }

  @Test
  void aTrustStoreIsTrusted() throws Exception {
    Path store = Pki.write(pki.trustStore(), folder.resolve("trust.p12"));
    Tls tls = new Edit(Settings.TLS).trustStore(store, PASSWORD).tls();
    try (Origin origin = origin(pki.good());
        Origin bad = origin(Pki.selfSigned())) {
      assertThat(get(origin.url(), tls)).isEqualTo("secret");
      assertRefused(bad, bad.url(), tls);
    }
  }

  @Test
  void ourCertificateIsShownToABackendThatAsks() throws Exception {
    Path store = pki.client("gatehouse").writeKeyStore(folder.resolve("own.p12"));
    Tls tls = new Edit(trusting).keyStore(store, PASSWORD).tls();
    try (Origin origin = Origin.mutualTls(pki.context(pki.good()))) {
      origin.answer(request -> Script.ok("secret"));
      assertThat(get(origin.url(), tls)).isEqualTo("secret");
      assertThat(origin.seen(0).clientName()).contains("CN=gatehouse");
      assertThatThrownBy(() -> get(origin.url(), trusting)).isInstanceOf(ExecutionException.class);
      assertThat(origin.seen()).hasSize(1);
    }
  }

  @Test
  void theConfiguredServerNameIsSentAndChecked() throws Exception {
    Tls named = new Edit(trusting).serverName("other.test").tls();
    try (Origin origin = origin(pki.wrongName())) {
      assertThat(get(origin.url(), named)).isEqualTo("secret");
      assertThat(origin.seen(0).serverName()).contains("other.test");
    }
    try (Origin origin = origin(pki.good())) { // good for the URL's host, which does not count
      assertRefused(origin, origin.url(), named);
    }
  }

  @Test
  void onlyTheConfiguredProtocolsAreSpoken() throws Exception {
    Tls old = new Edit(trusting).protocols("TLSv1.2").tls();
    try (Origin origin = origin(pki.good())) {
      assertThat(get(origin.url(), old)).isEqualTo("secret");
    }
    assertThat(UpstreamTls.factory(old).getIncludeProtocols()).containsExactly("TLSv1.2");
    assertThat(UpstreamTls.factory(old).getExcludeProtocols()).isEmpty();
    var factory = UpstreamTls.factory(old);
    factory.start();
    assertThat(factory.newSSLEngine("h.test", 1).getEnabledProtocols()).containsExactly("TLSv1.2");
    factory.stop();
  }

  @Test
  void filesThatAreNotWhatTheyShouldBeAreRefusedAtTheStart() throws Exception {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> UpstreamTls.factory(new Edit(Settings.TLS).caFile(none).tls()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    assertThatThrownBy(() -> UpstreamTls.factory(new Edit(Settings.TLS).caFile(empty).tls()))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("empty.pem");
    Path garbage = Files.writeString(folder.resolve("garbage.pem"), "not a certificate");
    assertThatThrownBy(() -> UpstreamTls.factory(new Edit(Settings.TLS).caFile(garbage).tls()))
        .isInstanceOf(CertificateException.class);
    Path store = Pki.write(pki.trustStore(), folder.resolve("trust.p12"));
    var wrong = Optional.of(new Secret("wrong-password"));
    Tls locked = new Edit(Settings.TLS).trustStore(store, wrong).tls();
    assertThatThrownBy(() -> UpstreamTls.factory(locked))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("wrong-password");
  }

  @Test
  void whatIsWrongWithTheFilesIsToldAllAtOnce() throws Exception {
    Path garbage = Files.writeString(folder.resolve("garbage"), "not a certificate");
    var wrong = Optional.of(new Secret("wrong-password"));
    Path key = pki.good().writeKeyStore(folder.resolve("own.p12"));
    Tls bad = new Edit(Settings.TLS).caFile(garbage).keyStore(key, wrong).tls();
    assertThat(UpstreamClient.problems(bad).toString())
        .contains("proxy.tls.caFile", "proxy.tls.keyStore")
        .doesNotContain("wrong-password");
    assertThat(UpstreamClient.problems(bad)).hasSize(2);
    Tls badTrust = new Edit(Settings.TLS).trustStore(key, wrong).tls();
    assertThat(UpstreamClient.problems(badTrust)).hasSize(1);
  }

  @Test
  void storesWithoutWhatIsWantedOfThemAreToldToo() throws Exception {
    KeyStore nothing = KeyStore.getInstance("PKCS12");
    nothing.load(null, null);
    Path empty = Pki.write(nothing, folder.resolve("empty.p12"));
    Path keyless = Pki.write(pki.trustStore(), folder.resolve("keyless.p12"));
    Tls bad = new Edit(Settings.TLS).trustStore(empty, PASSWORD).keyStore(keyless, PASSWORD).tls();
    assertThat(UpstreamClient.problems(bad))
        .extracting(Problem::toString)
        .satisfiesExactly(
            trust ->
                assertThat(trust).startsWith("proxy.tls.trustStore = ").contains("no certificate"),
            key -> assertThat(key).startsWith("proxy.tls.keyStore = ").contains("no private key"));
    assertThatThrownBy(() -> UpstreamTls.factory(bad)).isInstanceOf(KeyStoreException.class);
  }

  @Test
  void aKeyWithAPasswordOfItsOwnIsAProblem() throws Exception {
    Identity own = pki.client("gatehouse");
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    Certificate[] chain = {own.certificate(), own.issuer()};
    store.setKeyEntry("key", own.key(), "another-password".toCharArray(), chain);
    Path file = Pki.write(store, folder.resolve("own.jks"));
    for (Optional<Secret> password : List.of(PASSWORD, Optional.<Secret>empty())) {
      Tls bad = new Edit(Settings.TLS).keyStore(file, password).tls();
      assertThat(UpstreamClient.problems(bad))
          .singleElement()
          .asString()
          .startsWith("proxy.tls.keyStore = ")
          .contains("its key can't be read with proxy.tls.keyStorePassword")
          .doesNotContain(Pki.PASSWORD, "another-password");
    }
  }

  @Test
  void filesThatAreFineOrReportedElsewhereAreNoProblem() throws Exception {
    Path key = pki.good().writeKeyStore(folder.resolve("own.p12"));
    Path trust = Pki.write(pki.trustStore(), folder.resolve("trust.p12"));
    Tls good = new Edit(trusting).keyStore(key, PASSWORD).trustStore(trust, PASSWORD).tls();
    assertThat(UpstreamClient.problems(good)).isEmpty();
    assertThat(UpstreamClient.problems(Settings.TLS)).isEmpty();
    Tls absent = new Edit(Settings.TLS).caFile(folder.resolve("none")).tls();
    assertThat(UpstreamClient.problems(absent)).isEmpty(); // the configuration has said so
  }

  private Origin origin(Identity identity) throws Exception {
    SSLContext context = pki.context(identity);
    return Origin.tls(context).answer(request -> Script.ok("secret"));
  }

  private static void assertRefused(Origin origin, URI url, Tls tls) {
    assertThatThrownBy(() -> get(url, tls))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SSLException.class);
    assertThat(origin.seen()).as("requests sent all the same").isEmpty();
  }

  private static String get(URI url, Tls tls) throws Exception {
    HttpClient client = UpstreamClient.start(Settings.CLIENT, tls);
    try {
      return client.newRequest(url).send().getContentAsString();
    } finally {
      client.stop();
    }
  }
}
