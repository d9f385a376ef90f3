package dev.gatehouse.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The password out of HTTP Basic credentials (RFC 7617), so that a browser can ask for a key. */
final class BasicPassword {
  /** The field that browsers send credentials in, by themselves and from any site's forms. */
  static final String FIELD = "Authorization";

  private static final String SCHEME = "Basic ";

  private BasicPassword() {}

  /**
   * The password of the credentials.
   *
   * @param authorization the Authorization field; null if there is none
   * @return empty for other schemes and for what is not well formed
   */
  static Optional<String> of(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] pair = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
      String text = new String(pair, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
