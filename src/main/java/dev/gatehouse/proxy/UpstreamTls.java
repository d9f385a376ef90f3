package dev.gatehouse.proxy;

import dev.gatehouse.config.KeyPin;
import dev.gatehouse.config.Problem;
import dev.gatehouse.config.Secret;
import dev.gatehouse.config.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** TLS towards backends: whom we trust, who we are, and what name we expect. */
final class UpstreamTls {
  private UpstreamTls() {}

  /**
   * @throws GeneralSecurityException if a certificate or key can't be used
   * @throws IOException if a file can't be read or its password is wrong
   */
  static SslContextFactory.Client factory(Tls tls) throws GeneralSecurityException, IOException {
    SslContextFactory.Client factory = new Named(tls);
    if (tls.verify() != Tls.Verify.FULL) {
      factory.setEndpointIdentificationAlgorithm(null);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(tls), trustManagers(tls), null);
    factory.setSslContext(context); // of trust managers, Jetty by itself uses its own, or none
    factory.setExcludeProtocols(); // the operator's list is the whole truth
    factory.setIncludeProtocols(tls.protocols().toArray(String[]::new));
    return factory;
  }

  /** Null, which means none, if we have no certificate. */
  private static KeyManager @Nullable [] keyManagers(Tls tls)
      throws GeneralSecurityException, IOException {
    return tls.keyStore().isEmpty() ? null : showing(tls.keyStore().get(), tls.keyStorePassword());
  }

  private static KeyManager[] showing(Path file, Optional<Secret> password)
      throws GeneralSecurityException, IOException {
    KeyStore store = load(file, password);
    boolean empty = true;
    for (String alias : Collections.list(store.aliases())) {
      empty &= !store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class);
    }
    if (empty) {
      throw new KeyStoreException("there is no private key in it");
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    try {
      keys.init(store, characters(password));
    } catch (UnrecoverableKeyException e) { // in words that are only Java's
      throw new KeyStoreException("its key can't be read with proxy.tls.keyStorePassword", e);
    }
    return keys.getKeyManagers();
  }

  private static TrustManager[] trustManagers(Tls tls)
      throws GeneralSecurityException, IOException {
    return switch (tls.verify()) {
      case NONE -> SslContextFactory.TRUST_ALL_CERTS;
      case PIN -> new TrustManager[] {new PinnedTrust(tls.pins(), Optional.empty())};
      case CHAIN, FULL -> {
        TrustManager[] authorities = authorities(tls);
        yield tls.pins().isEmpty() ? authorities : pinned(tls.pins(), authorities);
      }
    };
  }

  private static TrustManager[] pinned(Set<KeyPin> pins, TrustManager[] authorities)
      throws GeneralSecurityException {
    for (TrustManager manager : authorities) {
      if (manager instanceof X509ExtendedTrustManager checking) {
        return new TrustManager[] {new PinnedTrust(pins, Optional.of(checking))};
      }
    }
    throw new GeneralSecurityException("this Java checks no names, so that pins are of no use");
  }

  /** Those of the configured file, else the JDK's. */
  private static TrustManager[] authorities(Tls tls) throws GeneralSecurityException, IOException {
    if (tls.caFile().isPresent()) {
      return trusting(ofPem(tls.caFile().get()));
    }
    return tls.trustStore().isPresent()
        ? trusting(tls.trustStore().get(), tls.trustStorePassword())
        : trusting(null);
  }

  private static TrustManager[] trusting(Path file, Optional<Secret> password)
      throws GeneralSecurityException, IOException {
    TrustManager[] authorities = trusting(load(file, password));
    for (TrustManager each : authorities) {
      if (each instanceof X509TrustManager some && some.getAcceptedIssuers().length > 0) {
        return authorities;
      }
    }
    throw new KeyStoreException("there is no certificate in it that Java would trust");
  }

  private static TrustManager[] trusting(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }

  /** What is wrong with the files, found before anything is started. */
  static List<Problem> problems(Tls tls) {
    List<Problem> problems = new ArrayList<>();
    tls.caFile().ifPresent(file -> check("proxy.tls.caFile", file, UpstreamTls::ofPem, problems));
    tls.trustStore()
        .ifPresent(
            file ->
                check(
                    "proxy.tls.trustStore",
                    file,
                    store -> trusting(store, tls.trustStorePassword()),
                    problems));
    tls.keyStore()
        .ifPresent(
            file ->
                check(
                    "proxy.tls.keyStore",
                    file,
                    store -> showing(store, tls.keyStorePassword()),
                    problems));
    return problems;
  }

  private static void check(String name, Path file, Reader reader, List<Problem> problems) {
    if (!Files.isReadable(file)) {
      return; // the configuration has said so
    }
    try {
      Object unused = reader.read(file);
    } catch (GeneralSecurityException | IOException e) {
      problems.add(new Problem("", name, file.toString(), "can't be used: " + e.getMessage()));
    }
  }

  /** Makes of a file what it is for. */
  @FunctionalInterface
  private interface Reader {
    Object read(Path file) throws GeneralSecurityException, IOException;
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
    return KeyStore.getInstance(file.toFile(), characters(password));
  }

  private static char @Nullable [] characters(Optional<Secret> password) {
    return password.map(secret -> secret.reveal().toCharArray()).orElse(null);
  }

  /** Sends and checks the configured server name instead of the backend's host. */
  private static final class Named extends SslContextFactory.Client {
    private final Optional<String> serverName;

    Named(Tls tls) {
      super(tls.verify() == Tls.Verify.NONE); // only for Jetty's warning
      this.serverName = tls.serverName();
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
