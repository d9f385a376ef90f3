package dev.gatehouse.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

/**
 * A key with its certificate.
 *
 * @param issuer the CA's certificate; the same as {@code certificate} if it has signed itself
 */
public record Identity(PrivateKey key, X509Certificate certificate, X509Certificate issuer) {

  /** A PKCS12 store with the entry {@code key}, whose password is {@link Pki#PASSWORD}. */
  public KeyStore keyStore() throws GeneralSecurityException {
    KeyStore store = Pki.emptyStore();
    Certificate[] chain =
        certificate.equals(issuer)
            ? new Certificate[] {certificate}
            : new Certificate[] {certificate, issuer};
    store.setKeyEntry("key", key, Pki.PASSWORD.toCharArray(), chain);
    return store;
  }

  /** Writes {@link #keyStore} to a file. */
  public Path writeKeyStore(Path file) throws GeneralSecurityException, IOException {
    return Pki.write(keyStore(), file);
  }

  /** Writes the certificate, without the key, as PEM. */
  public Path writeCertificate(Path file) throws GeneralSecurityException, IOException {
    return Files.writeString(file, Pki.pem("CERTIFICATE", certificate.getEncoded()));
  }

  /** Writes the key as PEM (PKCS #8, no password). */
  public Path writeKey(Path file) throws IOException {
    return Files.writeString(file, Pki.pem("PRIVATE KEY", key.getEncoded()));
  }
}
