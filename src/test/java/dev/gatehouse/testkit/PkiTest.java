package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PkiTest {
  @Test
  void certificatesAreWhatTheySay() throws Exception {
    Pki pki = Pki.create();
    var authority = pki.authority().certificate();
    assertThat(authority.getBasicConstraints()).isNotNegative();
    pki.good().certificate().verify(authority.getPublicKey());
    pki.good().certificate().checkValidity();
    assertThat(pki.good().certificate().getSubjectAlternativeNames().toString())
        .contains("localhost", "127.0.0.1");
    assertThat(pki.wrongName().certificate().getSubjectAlternativeNames().toString())
        .contains("other.test")
        .doesNotContain("localhost");
    assertThatThrownBy(() -> pki.expired().certificate().checkValidity())
        .isInstanceOf(CertificateExpiredException.class);
    var alone = Pki.selfSigned().certificate();
    alone.verify(alone.getPublicKey());
    assertThat(pki.client("me").certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=me");
  }

  @Test
  void storesAndPemFilesCanBeReadBack(@TempDir Path folder) throws Exception {
    Pki pki = Pki.create();
    Identity good = pki.good();
    Path store = good.writeKeyStore(folder.resolve("key.p12"));
    KeyStore read = KeyStore.getInstance(store.toFile(), Pki.PASSWORD.toCharArray());
    assertThat(read.getKey("key", Pki.PASSWORD.toCharArray())).isEqualTo(good.key());
    assertThat(read.getCertificateChain("key")).hasSize(2);
    assertThat(Files.readString(good.writeKey(folder.resolve("key.pem"))))
        .startsWith("-----BEGIN PRIVATE KEY-----\n");
    try (InputStream in = Files.newInputStream(good.writeCertificate(folder.resolve("c.pem")))) {
      assertThat(CertificateFactory.getInstance("X.509").generateCertificate(in))
          .isEqualTo(good.certificate());
    }
  }

  @Test
  void originAndClientSpeakTls() throws Exception {
    Pki pki = Pki.create();
    try (Origin origin = Origin.tls(pki.context(pki.good())).answer(s -> Script.ok("secret"));
        RawClient client = RawClient.tls(origin.port(), "origin.test")) {
      assertThat(client.get("/").text()).isEqualTo("secret");
      assertThat(origin.seen(0).serverName()).contains("origin.test");
      assertThat(origin.seen(0).clientName()).isEmpty();
      origin.enqueue(Script.head("Content-Length: 9").send("ab").rst());
      assertThat(client.get("/").end()).isNotEqualTo(Reply.End.LENGTH);
    }
  }
}
