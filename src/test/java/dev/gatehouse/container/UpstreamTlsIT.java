package dev.gatehouse.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.Identity;
import dev.gatehouse.testkit.Origin;
import dev.gatehouse.testkit.Pki;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Script;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates of backends are good enough. */
@ArquillianTest
@RunAsClient
@DisplayName("TLS to backends")
final class UpstreamTlsIT {
  @TempDir private static Path directory;
  private static Pki pki;
  private static Path caFile;

  private final ServerUnderTest server = ServerUnderTest.current();
  private String check = ""; // of the last statusWith

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void makeAuthority() throws Exception {
    pki = Pki.create();
    caFile = pki.authority().writeCertificate(directory.resolve("ca.pem"));
  }

  @Test
  void aGoodCertificateIsAccepted() throws Exception {
    assertThat(statusWith(pki.good(), Map.of())).isEqualTo(200);
  }

  @Test
  void anExpiredOneIsNot() throws Exception {
    assertThat(statusWith(pki.expired(), Map.of())).isEqualTo(502);
    assertThat(check).contains("expired");
  }

  @Test
  void oneForAnotherNameIsNot() throws Exception {
    assertThat(statusWith(pki.wrongName(), Map.of())).isEqualTo(502);
  }

  @Test
  void oneForAnotherNameIsWithThatNameConfiguredOrOnlyTheChainChecked() throws Exception {
    assertThat(
            statusWith(
                pki.named("backend.internal"), Map.of("proxy.tls.serverName", "backend.internal")))
        .isEqualTo(200);
    assertThat(statusWith(pki.wrongName(), Map.of("proxy.tls.verify", "chain"))).isEqualTo(200);
  }

  @Test
  void aSelfSignedOneIsNotUnlessNothingIsVerifiedAndThenThePageWarns() throws Exception {
    Identity selfSigned = Pki.selfSigned();
    assertThat(statusWith(selfSigned, Map.of())).isEqualTo(502);
    assertThat(statusWith(selfSigned, Map.of("proxy.tls.verify", "none", "proxy.debug", "true")))
        .isEqualTo(200);
    assertThat(server.log()).contains("Certificates of backends are not verified");
  }

  @Test
  void aKeyThatIsNotPinnedIsNotThoughTheCertificateIs() throws Exception {
    Identity good = pki.good();
    String pin = pin(pki.good()); // another key, as of a certificate that was replaced
    assertThat(statusWith(good, Map.of("proxy.tls.pins", pin))).isEqualTo(502);
    assertThat(check).contains("not pinned");
    assertThat(statusWith(good, Map.of("proxy.tls.pins", pin + "," + pin(good)))).isEqualTo(200);
  }

  @Test
  void aSelfSignedOneIsWithItsKeyPinnedAndNothingElseVerified() throws Exception {
    Identity selfSigned = Pki.selfSigned();
    Map<String, String> pinned =
        Map.of("proxy.tls.verify", "pin", "proxy.tls.pins", pin(selfSigned));
    assertThat(statusWith(selfSigned, pinned)).isEqualTo(200);
    assertThat(statusWith(pki.good(), pinned)).isEqualTo(502);
    assertThat(check).contains("not pinned");
  }

  private static String pin(Identity identity) throws Exception {
    byte[] key = identity.certificate().getPublicKey().getEncoded();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
    return "sha256/" + Base64.getEncoder().encodeToString(hash);
  }

  /** The status of one GET through a deployment that has a backend with this certificate. */
  private int statusWith(Identity identity, Map<String, String> more) throws Exception {
    try (Origin origin = Origin.tls(pki.context(identity)).answer(seen -> Script.ok("secret"))) {
      Map<String, String> settings =
          Settings.with(Settings.of(List.of(origin.url())), "proxy.tls.caFile", caFile.toString());
      settings.put("proxy.health.interval", "1h"); // one check, at the start
      settings.putAll(more);
      try (Gatehouse gatehouse = Gatehouse.deploy(settings);
          RawClient client = RawClient.to(gatehouse.http())) {
        Await.until(
            "checked", () -> !Status.get(server).backends().get(0).isNull("lastCheckResult"));
        check = Status.get(server).backends().get(0).getString("lastCheckResult");
        return client.get("/tls", Settings.KEY_LINE).status();
      }
    }
  }
}
