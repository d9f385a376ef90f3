package dev.gatehouse.proxy;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A valid path (RFC 5280 §6) from a backend's certificate up to an authority, with a pinned one on
 * it. Whatever else a server shows says nothing: anybody can have a pinned certificate, but not its
 * key, and anybody's key may have a certificate that lets it sign nothing.
 */
final class PinnedPath {
  private final List<X509Certificate> shown;
  private final Predicate<X509Certificate> pinned;

  private PinnedPath(List<X509Certificate> shown, Predicate<X509Certificate> pinned) {
    this.shown = shown;
    this.pinned = pinned;
  }

  /**
   * Whether there is one.
   *
   * @param shown the backend's own certificate first
   * @throws GeneralSecurityException if this Java does not know the rules
   */
  static boolean exists(
      X509Certificate[] shown, X509Certificate[] authorities, Predicate<X509Certificate> pinned)
      throws GeneralSecurityException {
    Set<TrustAnchor> all = new HashSet<>();
    Set<TrustAnchor> some = new HashSet<>();
    for (X509Certificate each : authorities) {
      TrustAnchor anchor = new TrustAnchor(each, null);
      all.add(anchor);
      if (pinned.test(each)) {
        some.add(anchor);
      }
    }
    PinnedPath path = new PinnedPath(List.of(shown), pinned);
    return path.leadsTo(some, Optional.empty())
        || path.leadsTo(all, Optional.of(new Passing(shown[0], pinned)));
  }

  private boolean leadsTo(Set<TrustAnchor> anchors, Optional<PKIXCertPathChecker> condition)
      throws GeneralSecurityException {
    if (anchors.isEmpty()) {
      return false;
    }
    X509CertSelector own = new X509CertSelector();
    own.setCertificate(shown.get(0));
    PKIXBuilderParameters rules = new PKIXBuilderParameters(anchors, own);
    rules.setRevocationEnabled(false); // that is for who has checked the certificate before
    rules.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown)));
    condition.ifPresent(rules::addCertPathChecker);
    try {
      var built = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(rules);
      return pinned.test(built.getTrustAnchor().getTrustedCert())
          || built.getCertPath().getCertificates().stream().anyMatch(this::isPinned);
    } catch (CertPathBuilderException e) {
      return false;
    }
  }

  private boolean isPinned(Certificate certificate) {
    return certificate instanceof X509Certificate known && pinned.test(known);
  }

  /** Turns paths down that come to their end by no pinned key, so that others are looked for. */
  private static final class Passing extends PKIXCertPathChecker {
    private final X509Certificate end;
    private final Predicate<X509Certificate> pinned;
    private boolean seen;

    Passing(X509Certificate end, Predicate<X509Certificate> pinned) {
      this.end = end;
      this.pinned = pinned;
    }

    @Override
    public void init(boolean forward) {
      seen = false;
    }

    @Override
    public boolean isForwardCheckingSupported() {
      return false; // but from the authority down
    }

    @Override
    public Set<String> getSupportedExtensions() {
      return Set.of();
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved)
        throws CertPathValidatorException {
      seen = seen || (certificate instanceof X509Certificate known && pinned.test(known));
      if (!seen && certificate.equals(end)) {
        throw new CertPathValidatorException("no key on this path is pinned");
      }
    }
  }
}
