package dev.gatehouse.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.guard.PageHosts.Wanted;
import dev.gatehouse.http.HostPort;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PageHostsTest {
  private final PageHosts hosts =
      new PageHosts(List.of(HostPort.of("ops.example"), HostPort.of("www.example:8443")));

  @ParameterizedTest(name = "{0}: pages {1}, traffic {2}")
  @CsvSource({
    "ops.example, true, false",
    "OPS.example., true, false",
    "ops.example:8443, true, false",
    "www.example:8443, true, false",
    "www.example, false, true",
    "www.example:443, false, true",
    "aops.example, false, true",
    "ops.example.evil.example, false, true",
    "'', false, true",
    "ops~example, false, true",
  })
  void pagesHaveTheirHostsForThemselves(String authority, boolean pages, boolean traffic) {
    assertThat(hosts.have(Wanted.PAGE, authority)).isEqualTo(pages);
    assertThat(hosts.have(Wanted.TRAFFIC, authority)).isEqualTo(traffic);
    assertThat(hosts.have(Wanted.SIGN, authority)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whereNoneAreNamedAllIsEverywhere(Wanted wanted) {
    assertThat(new PageHosts(List.of()).have(wanted, "any.example")).isTrue();
  }
}
