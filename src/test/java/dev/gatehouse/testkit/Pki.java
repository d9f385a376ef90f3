package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.GeneralName;

/** Certificates made on the spot: one authority, and what it has signed, good and bad. */
public final class Pki {
  /** Of all stores and keys in them. */
  public static final String PASSWORD = "changeit";

  private static final Duration DAY = Duration.ofDays(1);
  private static final List<GeneralName> HERE =
      List.of(
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"));

  private final Identity authority;

  private Pki(Identity authority) {
    this.authority = authority;
  }

  /** A new authority. */
  public static Pki create() throws GeneralSecurityException, IOException {
    return create("Test CA");
  }

  /** A new authority of this name. */
  public static Pki create(String name) throws GeneralSecurityException, IOException {
    return new Pki(NewCertificate.of(name, null, List.of(), Instant.now().plus(DAY)));
  }

  /** A new authority with an old certificate (X.509 version 1). */
  public static Pki createVersion1() throws GeneralSecurityException {
    return new Pki(NewCertificate.ofVersion1("Old CA", Instant.now().plus(DAY)));
  }

  /** An authority that is there already. */
  public static Pki of(Identity authority) {
    return new Pki(authority);
  }

  /** For localhost and 127.0.0.1. */
  public Identity good() throws GeneralSecurityException, IOException {
    return good(authority);
  }

  /** For localhost and 127.0.0.1, by somebody else. */
  public static Identity good(Identity issuer) throws GeneralSecurityException, IOException {
    return NewCertificate.of("localhost", issuer, HERE, Instant.now().plus(DAY));
  }

  /** Another authority, which this one vouches for. */
  public Identity below(String name) throws GeneralSecurityException, IOException {
    return certified(Pki.create(name).authority, true, DAY);
  }

  /**
   * Another certificate for a name and its key, by this authority.
   *
   * @param asAuthority whether it may sign others
   * @param left until it expires; may be negative
   */
  public Identity certified(Identity who, boolean asAuthority, Duration left)
      throws GeneralSecurityException, IOException {
    KeyPair key = new KeyPair(who.certificate().getPublicKey(), who.key());
    X500Principal name = who.certificate().getSubjectX500Principal();
    return NewCertificate.of(
        key, name, authority, List.of(), asAuthority, Instant.now().plus(left));
  }

  /** For the right names, until an hour ago. */
  public Identity expired() throws GeneralSecurityException, IOException {
    return NewCertificate.of(
        "localhost", authority, HERE, Instant.now().minus(Duration.ofHours(1)));
  }

  /** For other.test only. */
  public Identity wrongName() throws GeneralSecurityException, IOException {
    return named("other.test");
  }

  /** For one DNS name. */
  public Identity named(String name) throws GeneralSecurityException, IOException {
    List<GeneralName> names = List.of(new GeneralName(GeneralName.dNSName, name));
    return NewCertificate.of(name, authority, names, Instant.now().plus(DAY));
  }

  /** For the right names, but signed by nobody else. */
  public static Identity selfSigned() throws GeneralSecurityException, IOException {
    return NewCertificate.of("localhost", null, HERE, Instant.now().plus(DAY));
  }

  /** A client's, with the subject {@code CN=name}. */
  public Identity client(String name) throws GeneralSecurityException, IOException {
    return NewCertificate.of(name, authority, List.of(), Instant.now().plus(DAY));
  }

  /** The authority itself. */
  public Identity authority() {
    return authority;
  }

  /** The authority's certificate in a PKCS12 store. */
  public KeyStore trustStore() throws GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("ca", authority.certificate());
    return store;
  }

  /** Shows this identity, and trusts the authority. */
  public SSLContext context(Identity own) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own.keyStore(), PASSWORD.toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trustStore());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** For clients that ask no questions. */
  public static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return store;
  }

  /** Writes a store to a file; its password is {@link #PASSWORD}. */
  public static Path write(KeyStore store, Path file) throws GeneralSecurityException, IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  static String pem(String type, byte[] der) {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }
}
