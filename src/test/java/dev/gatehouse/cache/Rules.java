package dev.gatehouse.cache;

import dev.gatehouse.config.CacheConfig;
import dev.gatehouse.config.CacheConfig.SetCookie;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Configuration for tests of policies: the defaults, and what a test changes. */
record Rules(
    Duration defaultTtl,
    Duration maxTtl,
    Duration whileRevalidate,
    Duration ifError,
    SetCookie setCookie,
    boolean requestDirectives,
    boolean postContentLocation,
    Set<String> methods) {
  static final Rules DEFAULT =
      new Rules(
          Duration.ZERO,
          Duration.ofDays(1),
          Duration.ZERO,
          Duration.ZERO,
          SetCookie.SHARED,
          false,
          false,
          Set.of("GET", "HEAD"));

  Rules withDefaultTtl(long seconds) {
    return new Rules(
        Duration.ofSeconds(seconds),
        maxTtl,
        whileRevalidate,
        ifError,
        setCookie,
        requestDirectives,
        postContentLocation,
        methods);
  }

  Rules withMaxTtl(long seconds) {
    return new Rules(
        defaultTtl,
        Duration.ofSeconds(seconds),
        whileRevalidate,
        ifError,
        setCookie,
        requestDirectives,
        postContentLocation,
        methods);
  }

  Rules withWindows(long whileRevalidateSeconds, long ifErrorSeconds) {
    return new Rules(
        defaultTtl,
        maxTtl,
        Duration.ofSeconds(whileRevalidateSeconds),
        Duration.ofSeconds(ifErrorSeconds),
        setCookie,
        requestDirectives,
        postContentLocation,
        methods);
  }

  Rules with(SetCookie rule) {
    return new Rules(
        defaultTtl,
        maxTtl,
        whileRevalidate,
        ifError,
        rule,
        requestDirectives,
        postContentLocation,
        methods);
  }

  Rules heedingClients() {
    return new Rules(
        defaultTtl,
        maxTtl,
        whileRevalidate,
        ifError,
        setCookie,
        true,
        postContentLocation,
        methods);
  }

  Rules withPostContentLocation() {
    return new Rules(
        defaultTtl, maxTtl, whileRevalidate, ifError, setCookie, requestDirectives, true, methods);
  }

  Rules withMethods(String... methods) {
    return new Rules(
        defaultTtl,
        maxTtl,
        whileRevalidate,
        ifError,
        setCookie,
        requestDirectives,
        postContentLocation,
        Set.of(methods));
  }

  CacheConfig.Rules rules() {
    return config().rules();
  }

  CacheConfig config() {
    return new CacheConfig(
        true,
        new CacheConfig.Tiers(1 << 26, 10_000, 0, Optional.empty(), Optional.empty()),
        1 << 20,
        new CacheConfig.Rules(
            defaultTtl,
            maxTtl,
            whileRevalidate,
            ifError,
            List.of("My-Cache-Control", "CDN-Cache-Control"),
            setCookie,
            requestDirectives,
            postContentLocation),
        new CacheConfig.Key(methods, List.of(), CacheConfig.Vary.RFC, false),
        new CacheConfig.Lock(true, Duration.ofSeconds(5)),
        Optional.of("Cache-Status"),
        List.of("Surrogate-Key", "Cache-Tag"),
        List.of());
  }
}
