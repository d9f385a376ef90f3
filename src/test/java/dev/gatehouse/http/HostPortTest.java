package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {
  @ParameterizedTest(name = "{0} -> {1} and {2}")
  @CsvSource({
    "ops.example, ops.example, 0",
    "OPS.Example.:8443, ops.example, 8443",
    "ops.example:, ops.example, 0",
    "ops.example:08443, ops.example, 8443",
    "ops.example:99999999999, ops.example, 99999",
    "ops.example:x, '', 65536",
    "[::1], [0:0:0:0:0:0:0:1], 0",
    "[::1]:8443, [0:0:0:0:0:0:0:1], 8443",
    "::1, '', 1",
    "'', '', 0",
  })
  void anAuthorityIsTakenApart(String authority, String host, int port) {
    assertThat(HostPort.of(authority)).isEqualTo(new HostPort(host, port));
  }

  @ParameterizedTest(name = "{0} holds {1}: {2}")
  @CsvSource({
    "ops.example, ops.example, true",
    "ops.example, OPS.example.:8443, true",
    "ops.example, aops.example, false",
    "ops.example, ops.example.org, false",
    "ops.example:8443, ops.example:8443, true",
    "ops.example:8443, ops.example, false",
    "ops.example:8443, ops.example:443, false",
    "ops.example:8443, www.example:8443, false",
    "ops.example:443, ops.example, true",
    "ops.example:80, ops.example, true",
    "ops.example:80, ops.example:443, false",
    "[::1]:8443, [0:0::1]:8443, true",
    "'', '', false",
    "ops.example, 'ops.example, ops.example', false",
  })
  void withoutAPortItIsTheHostAtAnyAndElseAtThatOne(String own, String asked, boolean holds) {
    assertThat(HostPort.of(own).holds(HostPort.of(asked))).isEqualTo(holds);
  }
}
