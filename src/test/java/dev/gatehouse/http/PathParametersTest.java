package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathParametersTest {
  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "/a=b/c, /a=b/c",
    "/a;jsessionid=secret, /a;jsessionid=*",
    "/a;x=1;y=2/b=3/c;z, /a;x=*;y=*/b=3/c;z",
    "/a;x=1=2/b, /a;x=*/b",
    "/a;x=, /a;x=*",
    "/a;b/c=d, /a;b/c=d",
    "*, *",
  })
  void valuesAreHidden(String path, String shown) {
    assertThat(PathParameters.hidden(path)).isEqualTo(shown);
  }
}
