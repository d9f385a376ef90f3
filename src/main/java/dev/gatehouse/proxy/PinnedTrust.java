package dev.gatehouse.proxy;

import dev.gatehouse.config.KeyPin;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
      if (signers(chain).stream().noneMatch(this::isPinned)) {
        throw new CertificateException("the keys of its chain are not pinned");
      }
    } else if (!isPinned(chain[0])) {
      throw new CertificateException("its key is not pinned");
    }
  }

  private boolean isPinned(X509Certificate certificate) {
    return pins.contains(KeyPin.of(certificate.getPublicKey()));
  }

  /**
   * The backend's own certificate, and those whose keys have signed it or another of these. A
   * server may show any others besides, which say nothing: anybody can have a pinned certificate,
   * but not its key.
   */
  private List<X509Certificate> signers(X509Certificate[] shown) {
    List<X509Certificate> left = new ArrayList<>(List.of(shown));
    left.addAll(List.of(getAcceptedIssuers()));
    List<X509Certificate> signers = new ArrayList<>();
    Deque<X509Certificate> next = new ArrayDeque<>(List.of(left.remove(0)));
    while (!next.isEmpty()) {
      X509Certificate signed = next.remove();
      signers.add(signed);
      left.removeIf(other -> hasSigned(other, signed) && next.add(other));
    }
    return signers;
  }

  private static boolean hasSigned(X509Certificate signer, X509Certificate signed) {
    if (!signer.getSubjectX500Principal().equals(signed.getIssuerX500Principal())) {
      return false;
    }
    try {
      signed.verify(signer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
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
