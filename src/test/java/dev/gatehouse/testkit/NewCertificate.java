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
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
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
    boolean authority = issuer == null && names.isEmpty();
    X500Principal subject = new X500Principal("CN=" + commonName);
    return of(newKey(), subject, issuer, names, authority, notAfter);
  }

  /** One for a key that is there already. */
  static Identity of(
      KeyPair pair,
      X500Principal subject,
      @Nullable Identity issuer,
      List<GeneralName> names,
      boolean authority,
      Instant notAfter)
      throws GeneralSecurityException, IOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer == null ? subject : issuer.certificate().getSubjectX500Principal(),
            newNumber(),
            Date.from(notAfter.minus(AGE)),
            Date.from(notAfter),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!names.isEmpty()) {
      GeneralNames all = new GeneralNames(names.toArray(GeneralName[]::new));
      builder.addExtension(Extension.subjectAlternativeName, false, all);
    }
    return signed(builder::build, pair, issuer);
  }

  /** An old authority, whose certificate (X.509 version 1) does not say that it is one. */
  static Identity ofVersion1(String commonName, Instant notAfter) throws GeneralSecurityException {
    KeyPair pair = newKey();
    X500Principal name = new X500Principal("CN=" + commonName);
    var builder =
        new JcaX509v1CertificateBuilder(
            name,
            newNumber(),
            Date.from(notAfter.minus(AGE)),
            Date.from(notAfter),
            name,
            pair.getPublic());
    return signed(builder::build, pair, null);
  }

  private static Identity signed(
      Function<ContentSigner, X509CertificateHolder> build, KeyPair pair, @Nullable Identity issuer)
      throws GeneralSecurityException {
    try {
      ContentSigner signer =
          new JcaContentSignerBuilder("SHA256withECDSA")
              .build(issuer == null ? pair.getPrivate() : issuer.key());
      X509Certificate made = new JcaX509CertificateConverter().getCertificate(build.apply(signer));
      return new Identity(pair.getPrivate(), made, issuer == null ? made : issuer.certificate());
    } catch (OperatorException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static BigInteger newNumber() {
    return new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16);
  }
}
