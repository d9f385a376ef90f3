package dev.gatehouse.proxy;

import dev.gatehouse.config.Problem;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** TLS towards backends: whom we trust, who we are, and what name we expect. */
final class UpstreamTls {
  private UpstreamTls() {}

  /**
   * @throws GeneralSecurityException if a certificate or key can't be used
   * @throws IOException if a file can't be read or its password is wrong
   */
  static SslContextFactory.Client factory(ProxyConfig.Tls tls)
      throws GeneralSecurityException, IOException {
    SslContextFactory.Client factory = new Named(tls);
    if (tls.verify() != ProxyConfig.Verify.FULL) {
      factory.setEndpointIdentificationAlgorithm(null);
    }
    if (tls.caFile().isPresent()) {
      factory.setTrustStore(ofPem(tls.caFile().get()));
    } else if (tls.trustStore().isPresent()) {
      factory.setTrustStore(load(tls.trustStore().get(), tls.trustStorePassword()));
    }
    if (tls.keyStore().isPresent()) {
      factory.setKeyStore(load(tls.keyStore().get(), tls.keyStorePassword()));
      tls.keyStorePassword()
          .ifPresent(password -> factory.setKeyManagerPassword(password.reveal()));
    }
    factory.setExcludeProtocols(); // the operator's list is the whole truth
    factory.setIncludeProtocols(tls.protocols().toArray(String[]::new));
    return factory;
  }

  /** What is wrong with the files, found before anything is started. */
  static List<Problem> problems(ProxyConfig.Tls tls) {
    List<Problem> problems = new ArrayList<>();
    tls.caFile().ifPresent(file -> check("proxy.tls.caFile", file, UpstreamTls::ofPem, problems));
    tls.trustStore()
        .ifPresent(
            file ->
                check(
                    "proxy.tls.trustStore",
                    file,
                    store -> load(store, tls.trustStorePassword()),
                    problems));
    tls.keyStore()
        .ifPresent(
            file ->
                check(
                    "proxy.tls.keyStore",
                    file,
                    store -> load(store, tls.keyStorePassword()),
                    problems));
    return problems;
  }

  private static void check(String name, Path file, Reader reader, List<Problem> problems) {
    if (!Files.isReadable(file)) {
      return; // the configuration has said so
    }
    try {
      reader.read(file);
    } catch (GeneralSecurityException | IOException e) {
      problems.add(new Problem("", name, file.toString(), "can't be used: " + e.getMessage()));
    }
  }

  /** Reads a key store of some kind. */
  @FunctionalInterface
  private interface Reader {
    KeyStore read(Path file) throws GeneralSecurityException, IOException;
  }

  private static KeyStore ofPem(Path file) throws GeneralSecurityException, IOException {
    Collection<? extends Certificate> certificates;
    try (InputStream in = Files.newInputStream(file)) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("no certificate in " + file);
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    return store;
  }

  private static KeyStore load(Path file, Optional<Secret> password)
      throws GeneralSecurityException, IOException {
    char[] characters = password.map(secret -> secret.reveal().toCharArray()).orElse(null);
    return KeyStore.getInstance(file.toFile(), characters);
  }

  /** Sends and checks the configured server name instead of the backend's host. */
  private static final class Named extends SslContextFactory.Client {
    private final boolean trustAll;
    private final Optional<String> serverName;

    Named(ProxyConfig.Tls tls) {
      super(tls.verify() == ProxyConfig.Verify.NONE);
      this.trustAll = tls.verify() == ProxyConfig.Verify.NONE;
      this.serverName = tls.serverName();
    }

    /** Jetty by itself forgets that all are trusted as soon as there is any store. */
    @Override
    protected TrustManager[] getTrustManagers(
        @Nullable KeyStore trustStore, @Nullable Collection<? extends CRL> revoked)
        throws Exception {
      return trustAll ? TRUST_ALL_CERTS : super.getTrustManagers(trustStore, revoked);
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
      return super.newSSLEngine(serverName.orElse(host), port);
    }

    @Override
    public SSLEngine newSSLEngine(InetSocketAddress address) {
      return newSSLEngine(address.getHostString(), address.getPort());
    }
  }
}
