package dev.gatehouse.auth;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The grammar of one definition: {@code id:key;scopes=proxy admin;notBefore=..;expires=..}, the key
 * being {@code {sha256}} and 64 hex digits, or plain text.
 */
final class KeyLine {
  private static final int MIN_PLAIN_LENGTH = 16;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern PLAIN = Pattern.compile("[!-~]+"); // what a header field can carry
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final String HASH_PREFIX = "{sha256}";
  private static final Set<String> ATTRIBUTES = Set.of("scopes", "notBefore", "expires");

  /** What came of a line: a key exactly when there is no problem. */
  record Parsed(
      Optional<String> id, Optional<ApiKey> key, boolean plainText, List<String> problems) {}

  private final Sha256 sha256;

  KeyLine(Sha256 sha256) {
    this.sha256 = sha256;
  }

  Parsed parse(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return refused("not of the form id:key");
    }
    String id = line.substring(0, colon).strip();
    if (!ID.matcher(id).matches()) {
      return refused("the id is not 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    List<String> parts = List.of(line.substring(colon + 1).split(";", -1));
    String secret = parts.get(0).strip();
    boolean plain = !secret.startsWith("{");
    if (plain && secret.length() < MIN_PLAIN_LENGTH) {
      return refused("the key is shorter than 16 characters"); // no id: it may be the key
    }
    List<String> problems = new ArrayList<>();
    Optional<byte[]> hash = plain ? hashOf(secret, problems) : hashIn(secret, problems);
    Map<String, String> attributes = attributes(parts.subList(1, parts.size()), problems);
    Set<Scope> scopes = scopes(attributes.getOrDefault("scopes", "proxy"), problems);
    Optional<Instant> notBefore = time("notBefore", attributes, problems);
    Optional<Instant> expires = time("expires", attributes, problems);
    if (notBefore.isPresent() && expires.isPresent() && !notBefore.get().isBefore(expires.get())) {
      problems.add("expires is not after notBefore");
    }
    Optional<ApiKey> key =
        problems.isEmpty()
            ? hash.map(bytes -> new ApiKey(id, bytes, scopes, notBefore, expires))
            : Optional.empty();
    return new Parsed(Optional.of(id), key, plain, problems);
  }

  private static Parsed refused(String problem) {
    return new Parsed(Optional.empty(), Optional.empty(), false, List.of(problem));
  }

  private Optional<byte[]> hashOf(String plain, List<String> problems) {
    if (!PLAIN.matcher(plain).matches()) {
      problems.add("the key is not all visible ASCII characters");
    } else if (plain.length() > ApiKeys.MAX_KEY_LENGTH) {
      problems.add("the key is longer than 1024 characters");
    } else {
      return Optional.of(sha256.of(plain));
    }
    return Optional.empty();
  }

  private static Optional<byte[]> hashIn(String secret, List<String> problems) {
    String prefix = secret.substring(0, Math.min(secret.length(), HASH_PREFIX.length()));
    if (!prefix.toLowerCase(Locale.ROOT).equals(HASH_PREFIX)) {
      problems.add("the only hash is {sha256}, and a plain key must not begin with a brace");
      return Optional.empty();
    }
    String hex = secret.substring(HASH_PREFIX.length());
    if (!HEX.matcher(hex).matches()) {
      problems.add("after {sha256} there are not 64 hex digits");
      return Optional.empty();
    }
    return Optional.of(HexFormat.of().parseHex(hex));
  }

  private static Map<String, String> attributes(List<String> parts, List<String> problems) {
    Map<String, String> attributes = new HashMap<>();
    for (String part : parts) {
      int equals = part.indexOf('=');
      String name = part.substring(0, Math.max(0, equals)).strip();
      if (!ATTRIBUTES.contains(name)) {
        problems.add("after a ; only scopes=, notBefore= or expires= may follow");
      } else if (attributes.put(name, part.substring(equals + 1).strip()) != null) {
        problems.add(name + " is given twice");
      }
    }
    return attributes;
  }

  private static Set<Scope> scopes(String names, List<String> problems) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : List.of(names.split("\\s+", -1))) {
      Scope.named(name)
          .ifPresentOrElse(scopes::add, () -> problems.add("scopes are proxy and admin"));
    }
    return scopes;
  }

  private static Optional<Instant> time(
      String name, Map<String, String> attributes, List<String> problems) {
    String text = attributes.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      problems.add(name + " is neither a date nor an instant, such as 2026-12-31T23:00:00Z");
      return Optional.empty();
    }
  }
}
