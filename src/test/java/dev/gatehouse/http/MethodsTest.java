package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §9 methods")
class MethodsTest {
  @ParameterizedTest(name = "{0}: idempotent {1}, usually bodiless {2}")
  @CsvSource({
    "GET, true, true",
    "HEAD, true, true",
    "PUT, true, false",
    "DELETE, true, false",
    "OPTIONS, true, false",
    "TRACE, true, false",
    "QUERY, true, false",
    "POST, false, false",
    "PATCH, false, false",
    "CONNECT, false, false",
    "BREW, false, false",
  })
  void methodsAreKnownByTheirNames(String method, boolean idempotent, boolean bodiless) {
    assertThat(Methods.isIdempotent(method)).isEqualTo(idempotent);
    assertThat(Methods.isUsuallyBodiless(method)).isEqualTo(bodiless);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, true",
    "HEAD, true",
    "POST, true",
    "PUT, true",
    "PATCH, true",
    "DELETE, true",
    "OPTIONS, true",
    "QUERY, true",
    "CONNECT, true",
    "TRACE, true",
    "get, false",
    "PROPFIND, false",
    "'', false",
  })
  void thoseOfTheCoreSpecificationsAreKnown(String method, boolean known) {
    assertThat(Methods.isKnown(method)).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({"get", "Get", "head"})
  @DisplayName("§9.1 names are case-sensitive")
  void otherCaseIsAnotherMethod(String method) {
    assertThat(Methods.isIdempotent(method)).isFalse();
    assertThat(Methods.isUsuallyBodiless(method)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, true",
    "HEAD, true",
    "OPTIONS, true",
    "TRACE, true",
    "QUERY, true",
    "POST, false",
    "PUT, false",
    "DELETE, false",
    "PATCH, false",
    "CONNECT, false",
    "M-SEARCH, false",
    "get, false",
  })
  @DisplayName("§9.2.1 what is not known to be safe is not")
  void methodsAreSafeByTheirNames(String method, boolean safe) {
    assertThat(Methods.isSafe(method)).isEqualTo(safe);
  }
}
