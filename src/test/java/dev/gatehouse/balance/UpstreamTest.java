package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.config.PoolConfig;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "http://h, http, h, 80, '', h, http://h",
    "http://h/, http, h, 80, '', h, http://h",
    "http://h:80/a/, http, h, 80, /a, h, http://h",
    "HTTPS://Shop.Test:8000/a%20b//, https, shop.test, 8000, /a%20b, shop.test:8000, "
        + "https://shop.test:8000",
    "https://user:pass@h:443/, https, h, 443, '', h, https://h",
    "http://h:443, http, h, 443, '', h:443, http://h:443",
    "http://[::1]:81/x, http, [::1], 81, /x, [::1]:81, http://[::1]:81",
  })
  void theUrlIsTakenApartOnce(
      URI url, String scheme, String host, int port, String path, String authority, String origin) {
    Upstream upstream = Upstream.of(new PoolConfig.Backend("one", url, 3, false));
    assertThat(upstream.id()).isEqualTo("one");
    assertThat(upstream.url()).isEqualTo(url);
    assertThat(upstream.weight()).isEqualTo(3);
    assertThat(upstream.scheme()).isEqualTo(scheme);
    assertThat(upstream.host()).isEqualTo(host);
    assertThat(upstream.port()).isEqualTo(port);
    assertThat(upstream.basePath()).isEqualTo(path);
    assertThat(upstream.authority()).isEqualTo(authority);
    assertThat(upstream.origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/path", "http:/path", "mailto:me@h"})
  void whatHasNoSchemeOrHostIsRefused(URI url) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Upstream("one", url, 1));
  }

  @Test
  void aWeightBelowOneIsRefused() {
    URI url = URI.create("http://h");
    assertThatIllegalArgumentException().isThrownBy(() -> new Upstream("one", url, 0));
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "http://h, http://h:80/, true",
    "https://H/a/, https://h:443/a, true",
    "http://h, https://h, false",
    "http://h/a, http://h/A, false",
  })
  void oneUrlWrittenInTwoWaysIsOnePlace(URI one, URI other, boolean expected) {
    Upstream first = new Upstream("one", one, 1);
    assertThat(first.isSamePlace(new Upstream("two", other, 1))).isEqualTo(expected);
    assertThat(first.isSameServer(new Upstream("two", other, 1))).isEqualTo(expected);
    assertThat(first.isSameServer(first.at("one", Whereabouts.UNKNOWN))).isFalse();
  }

  @Test
  void theSameUrlInTwoPoolsIsTwoUpstreams() {
    URI url = URI.create("http://h");
    assertThat(new Upstream("one", url, 1)).isNotEqualTo(new Upstream("one", url, 1));
    assertThat(new Upstream("one", url, 1)).hasToString("one");
  }
}
