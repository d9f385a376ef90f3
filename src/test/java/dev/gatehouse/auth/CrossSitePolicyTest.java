package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSitePolicyTest {
  @ParameterizedTest(name = "site {0}, origin {1}, key in its field {2}, token {3}: {4}")
  @CsvSource({
    // curl with the key in its field, and with a password
    ",, true, false, true",
    ",, false, false, false",
    // a browser old enough to say nothing, with our form and with another's
    ",, false, true, true",
    // our page: by TLS or from this machine, and without either
    "same-origin, https://p.test, false, true, true",
    ", http://P.TEST, false, true, true",
    "same-origin, https://p.test, false, false, false",
    // before us a proxy has changed the Host: the browser's own word counts
    "same-origin, https://elsewhere.test, false, true, true",
    "none,, true, false, true",
    // other sites, whatever they know
    "cross-site, https://p.test, true, true, false",
    "same-site,, true, true, false",
    "nonsense,, true, true, false",
    ", https://evil.test, true, true, false",
    ", https://p.test.evil.test, true, true, false",
    ", https://p.test:8443, true, true, false",
    ", null, true, true, false",
    ", ftp://p.test, true, true, false",
    ", '', true, true, false",
  })
  void onlyWhatWasWantedHereIsDone(
      String site, String origin, boolean keyInField, boolean token, boolean trusted) {
    var asked =
        new CrossSitePolicy.Asked(
            Optional.ofNullable(site), Optional.ofNullable(origin), "p.test", keyInField, token);
    assertThat(CrossSitePolicy.trusts(asked)).isEqualTo(trusted);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    ", true",
    "document, true",
    "empty, false",
    "iframe, false",
    "frame, false",
    "object, false",
    "serviceworker, false",
    "Document, false",
    "'', false",
  })
  void aPageIsOpenedInAWindow(String dest, boolean opened) {
    assertThat(CrossSitePolicy.isOpened(Optional.ofNullable(dest))).isEqualTo(opened);
  }
}
