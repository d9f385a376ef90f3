package dev.gatehouse.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes a key (EC, P-256) and a certificate for it. */
final class NewCertificate {
  private static final Duration AGE = Duration.ofDays(30);

  private NewCertificate() {}

  /**
   * A new identity; without names it is an authority, if nobody else signs, or a client.
   *
   * @param issuer null: signs itself
   */
  static Identity of(
      String commonName, @Nullable Identity issuer, List<GeneralName> names, Instant notAfter)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    X500Principal subject = new X500Principal("CN=" + commonName);
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer == null ? subject : issuer.certificate().getSubjectX500Principal(),
            new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16),
            Date.from(notAfter.minus(AGE)),
            Date.from(notAfter),
            subject,
            pair.getPublic());
    boolean authority = issuer == null && names.isEmpty();
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!names.isEmpty()) {
      GeneralNames all = new GeneralNames(names.toArray(GeneralName[]::new));
      builder.addExtension(Extension.subjectAlternativeName, false, all);
    }
    try {
      var signer =
          new JcaContentSignerBuilder("SHA256withECDSA")
              .build(issuer == null ? pair.getPrivate() : issuer.key());
      X509Certificate made =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new Identity(pair.getPrivate(), made, issuer == null ? made : issuer.certificate());
    } catch (OperatorException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
