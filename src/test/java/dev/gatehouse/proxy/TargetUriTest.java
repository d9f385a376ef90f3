package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetUriTest {
  @ParameterizedTest(name = "{0} less ''{1}'' -> {2}")
  @CsvSource({
    "/, '', /",
    "/a, '', /a",
    "//evil/x, '', //evil/x",
    "/a/../b, '', /a/../b",
    "/a/./b//c;v=1, '', /a/./b//c;v=1",
    "/%zz%2F%00|, '', /%zz%2F%00|",
    "/api, /api, /",
    "/api/, /api, /",
    "/api/x, /api, /x",
    "/api//x, /api, //x",
    "/api/../x, /api, /../x",
    "/a/b/c, /a/b, /c",
  })
  void thePathIsTheSameBytesLessThePrefix(String path, String prefix, String expected) {
    assertThat(TargetUri.map(path, prefix)).contains(expected);
  }

  @ParameterizedTest(name = "{0} under ''{1}''")
  @CsvSource({
    "/apievil, /api", // a segment is whole or not there
    "/apievil/x, /api",
    "/ap, /api",
    "/API/x, /api",
    "/x/api, /api",
    "/%61pi/x, /api",
    "//api, /api",
    "*, ''",
    "'', ''",
    "http://h/x, ''",
    "h:80, ''",
  })
  void whatIsNotUnderThePrefixHasNoTarget(String path, String prefix) {
    assertThat(TargetUri.map(path, prefix)).isEmpty();
  }

  @Test
  void theUsualPathIsNotCopied() {
    String path = "/a/b";
    assertThat(TargetUri.map(path, "").orElseThrow()).isSameAs(path);
  }
}
