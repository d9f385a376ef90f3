package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.KeyPin;
import dev.gatehouse.config.Secret;
import dev.gatehouse.config.Tls;
import dev.gatehouse.config.Tls.Verify;
import dev.gatehouse.testkit.Identity;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Pki;
import dev.gatehouse.testkit.Script;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real handshakes with backends whose keys are pinned, and not. */
@Timeout(60)
@DisplayName("RFC 7469 §2.6, C12: pins")
class PinnedTrustTest {
  @TempDir private Path folder = Path.of("");
  private final Pki pki;
  private final Identity good;
  private Tls trusting = Settings.TLS;

  PinnedTrustTest() throws Exception {
    pki = Pki.create();
    good = pki.good();
  }

  @BeforeEach
  void writeAuthority() throws Exception {
    Path ca = pki.authority().writeCertificate(folder.resolve("ca.pem"));
    trusting = new Edit(Settings.TLS).caFile(ca).tls();
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "CHAIN"})
  void aKeyOfTheChainSuffices(Verify verify) throws Exception {
    Edit tls = new Edit(trusting).verify(verify);
    KeyPin other = pin(pki.good());
    assertTaken(good, tls.pins(pin(good)));
    assertTaken(good, tls.pins(other, pin(pki.authority())));
    assertRefused(good, tls.pins(other));
  }

  @Test
  void aPinIsNoReplacementForAuthorityNameAndDates() throws Exception {
    for (Identity bad : Set.of(pki.expired(), pki.wrongName(), Pki.selfSigned())) {
      assertRefused(bad, new Edit(trusting).pins(pin(bad)));
    }
    assertRefused(good, new Edit(Settings.TLS).pins(pin(good)));
  }

  @Test
  void aPinnedCertificateThatIsShownBesidesSaysNothing() throws Exception {
    Identity another = pki.good();
    KeyStore store = KeyStore.getInstance("JKS"); // PKCS12 takes no more than a chain
    store.load(null, null);
    Certificate[] shown = {good.certificate(), good.issuer(), another.certificate()};
    store.setKeyEntry("key", good.key(), Pki.PASSWORD.toCharArray(), shown);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, Pki.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    try (Origin origin = Origin.tls(context).answer(request -> Script.ok("secret"))) {
      assertThatThrownBy(() -> get(origin, new Edit(trusting).pins(pin(another)).tls()))
          .hasMessageContaining("not pinned");
      assertThat(get(origin, new Edit(trusting).pins(pin(good)).tls())).isEqualTo("secret");
    }
  }

  @Test
  void alonePinsDecideWhateverElseIsWrong() throws Exception {
    Edit alone = new Edit(Settings.TLS).verify(Verify.PIN);
    for (Identity any : Set.of(good, pki.expired(), pki.wrongName(), Pki.selfSigned())) {
      assertTaken(any, alone.pins(pin(pki.good()), pin(any)));
      assertRefused(any, alone.pins(pin(pki.good())));
    }
  }

  @Test
  void aloneOnlyTheBackendsOwnKeyCounts() throws Exception {
    assertRefused(good, new Edit(trusting).verify(Verify.PIN).pins(pin(pki.authority())));
  }

  @Test
  void ourOwnCertificateIsShownAllTheSame() throws Exception {
    Path store = pki.client("gatehouse").writeKeyStore(folder.resolve("own.p12"));
    var password = Optional.of(new Secret(Pki.PASSWORD));
    Tls tls =
        new Edit(Settings.TLS).verify(Verify.PIN).pins(pin(good)).keyStore(store, password).tls();
    try (Origin origin = Origin.mutualTls(pki.context(good))) {
      origin.answer(request -> Script.ok("secret"));
      assertThat(get(origin, tls)).isEqualTo("secret");
      assertThat(origin.seen(0).clientName()).contains("CN=gatehouse");
    }
  }

  @Test
  void anythingButJettysWayOfAskingIsRefused() {
    PinnedTrust trust = new PinnedTrust(Set.of(pin(good)), Optional.empty());
    X509Certificate[] chain = {good.certificate()};
    Socket none = new Socket();
    assertThatThrownBy(() -> trust.checkServerTrusted(chain, "EC"))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkServerTrusted(chain, "EC", none))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkClientTrusted(chain, "EC"))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkClientTrusted(chain, "EC", none))
        .isInstanceOf(CertificateException.class);
    assertThat(trust.getAcceptedIssuers()).isEmpty();
  }

  private static KeyPin pin(Identity identity) {
    return KeyPin.of(identity.certificate().getPublicKey());
  }

  private void assertTaken(Identity identity, Edit tls) throws Exception {
    try (Origin origin = origin(identity)) {
      assertThat(get(origin, tls.tls())).isEqualTo("secret");
    }
  }

  private void assertRefused(Identity identity, Edit tls) throws Exception {
    try (Origin origin = origin(identity)) {
      assertThatThrownBy(() -> get(origin, tls.tls()))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SSLException.class);
      assertThat(origin.seen()).as("requests sent all the same").isEmpty();
    }
  }

  private Origin origin(Identity identity) throws Exception {
    return Origin.tls(pki.context(identity)).answer(request -> Script.ok("secret"));
  }

  private static String get(Origin origin, Tls tls) throws Exception {
    HttpClient client = UpstreamClient.start(Settings.CLIENT, tls);
    try {
      return client.newRequest(origin.url()).send().getContentAsString();
    } finally {
      client.stop();
    }
  }
}
