package dev.gatehouse.proxy;

import dev.gatehouse.config.KeyPin;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts who has a pinned key: besides what authorities say of it, then one in its chain suffices
 * (RFC 7469 §2.6), or whatever they would say, then it must be its own.
 *
 * <p>Thread-safe.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final Set<KeyPin> pins;
  private final Optional<X509ExtendedTrustManager> authorities;

  PinnedTrust(Set<KeyPin> pins, Optional<X509ExtendedTrustManager> authorities) {
    this.pins = Set.copyOf(pins);
    this.authorities = authorities;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (authorities.isPresent()) {
      authorities.get().checkServerTrusted(chain, authType, engine);
      if (!hasPinnedPath(chain)) {
        throw new CertificateException("the keys of its chain are not pinned");
      }
    } else if (!isPinned(chain[0])) {
      throw new CertificateException("its key is not pinned");
    }
  }

  private boolean isPinned(X509Certificate certificate) {
    return pins.contains(KeyPin.of(certificate.getPublicKey()));
  }

  /** Whether a key is pinned by which the authorities vouch for it. */
  private boolean hasPinnedPath(X509Certificate[] chain) throws CertificateException {
    try {
      return isPinned(chain[0]) || PinnedPath.exists(chain, getAcceptedIssuers(), this::isPinned);
    } catch (GeneralSecurityException e) {
      throw new CertificateException("its pins can't be checked", e);
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities
        .map(X509ExtendedTrustManager::getAcceptedIssuers)
        .orElseGet(() -> new X509Certificate[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notForThat();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notForThat();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw notForThat();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notForThat();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notForThat();
  }

  private static CertificateException notForThat() {
    return new CertificateException("only servers are checked here, and only by Jetty's client");
  }
}
