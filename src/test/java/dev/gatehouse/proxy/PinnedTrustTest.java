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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
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
import org.junit.jupiter.params.provider.CsvSource;
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
    try (Origin origin = showing(good, pki.authority(), another)) {
      assertNotPinned(origin, new Edit(trusting).pins(pin(another)));
      assertThat(get(origin, new Edit(trusting).pins(pin(good)).tls())).isEqualTo("secret");
    }
  }

  /** Who signs for us with a key that it has also had certified elsewhere, by one who is pinned. */
  @ParameterizedTest
  @CsvSource({"false, 1", "true, -1"})
  void aPinnedAuthorityThatDoesNotVouchForTheSignerSaysNothing(boolean asAuthority, int days)
      throws Exception {
    Pki pinned = Pki.create("Pinned CA");
    Identity signer = pki.below("attacker.example");
    Identity elsewhere = pinned.certified(signer, asAuthority, Duration.ofDays(days));
    Edit both = trusting(pki.authority(), pinned.authority()).pins(pin(pinned.authority()));
    try (Origin origin = showing(Pki.good(signer), signer, elsewhere, pinned.authority())) {
      assertNotPinned(origin, both);
      assertThat(get(origin, both.pins(pin(signer)).tls())).isEqualTo("secret");
      assertThat(get(origin, both.pins(pin(pki.authority())).tls())).isEqualTo("secret");
    }
  }

  @Test
  void anyWayUpToAnAuthorityMayHaveThePin() throws Exception {
    Pki other = Pki.create("Other CA");
    Identity signer = pki.below("Signer");
    Identity cross = other.certified(signer, true, Duration.ofDays(1));
    Identity leaf = Pki.good(signer);
    Edit both = trusting(pki.authority(), other.authority());
    for (Identity[] shown : new Identity[][] {{signer, cross}, {cross, signer}}) {
      try (Origin origin = showing(leaf, shown)) {
        for (Identity each : List.of(leaf, signer, pki.authority(), other.authority())) {
          assertThat(get(origin, both.pins(pin(each)).tls())).isEqualTo("secret");
        }
        assertNotPinned(origin, both.pins(pin(pki.good())));
        assertNotPinned(origin, trusting(pki.authority()).pins(pin(other.authority())));
      }
    }
  }

  @Test
  void aPinnedSignerIsFoundOnTheLongerOfTwoWays() throws Exception {
    Identity signer = pki.below("Signer");
    Pki between = Pki.of(pki.below("Between"));
    Identity cross = between.certified(signer, true, Duration.ofDays(1));
    try (Origin origin = showing(Pki.good(signer), signer, cross, between.authority())) {
      Edit pinned = new Edit(trusting).pins(pin(between.authority()));
      assertThat(get(origin, pinned.tls())).isEqualTo("secret");
    }
  }

  @Test
  void anAuthorityWithAnOldCertificateMayHaveThePin() throws Exception {
    Pki old = Pki.createVersion1();
    Identity signer = old.below("Signer");
    try (Origin origin = showing(Pki.good(signer), signer)) {
      for (Identity each : List.of(signer, old.authority())) {
        Tls tls = trusting(old.authority()).pins(pin(each)).tls();
        assertThat(get(origin, tls)).isEqualTo("secret");
      }
      assertNotPinned(origin, trusting(old.authority()).pins(pin(pki.authority())));
    }
  }

  @Test
  void whoIsTrustedByItselfNeedsThePinItself() throws Exception {
    Identity alone = Pki.selfSigned();
    assertTaken(alone, trusting(alone).pins(pin(alone)));
    assertRefused(alone, trusting(alone).pins(pin(good)));
    try (Origin origin = showing(good, pki.authority())) {
      Edit both = trusting(good, pki.authority());
      assertThat(get(origin, both.pins(pin(pki.authority())).tls())).isEqualTo("secret");
      assertNotPinned(origin, trusting(good).pins(pin(pki.authority())));
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

  private Edit trusting(Identity... authorities) throws Exception {
    StringBuilder all = new StringBuilder();
    for (Identity each : authorities) {
      all.append(Files.readString(each.writeCertificate(folder.resolve("one.pem"))));
    }
    Path file = folder.resolve(all.toString().hashCode() + ".pem");
    return new Edit(Settings.TLS).caFile(Files.writeString(file, all));
  }

  /** Shows its certificate and then any others. */
  private static Origin showing(Identity own, Identity... others) throws Exception {
    KeyStore store = KeyStore.getInstance("JKS"); // PKCS12 takes no more than a chain
    store.load(null, null);
    Certificate[] shown = new Certificate[1 + others.length];
    shown[0] = own.certificate();
    for (int i = 0; i < others.length; i++) {
      shown[i + 1] = others[i].certificate();
    }
    store.setKeyEntry("key", own.key(), Pki.PASSWORD.toCharArray(), shown);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, Pki.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return Origin.tls(context).answer(request -> Script.ok("secret"));
  }

  private static void assertNotPinned(Origin origin, Edit tls) {
    assertThatThrownBy(() -> get(origin, tls.tls())).hasMessageContaining("not pinned");
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
