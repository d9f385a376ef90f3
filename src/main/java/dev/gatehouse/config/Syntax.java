package dev.gatehouse.config;

import dev.gatehouse.http.FieldName;
import dev.gatehouse.http.HopByHop;
import dev.gatehouse.http.IpAddress;
import dev.gatehouse.http.Token;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What HTTP and URIs allow in names. */
final class Syntax {
  private Syntax() {}

  static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** {@code host} or {@code host:port}. */
  static boolean isAuthority(String text) {
    return uri("http://" + text)
        .filter(uri -> uri.getHost() != null && text.equals(uri.getRawAuthority()))
        .filter(uri -> uri.getRawUserInfo() == null && hasGoodPort(uri))
        .isPresent();
  }

  /** A host name, not an address: RFC 6066 §3 allows no address in SNI. */
  static boolean isHostName(String text) {
    return isAuthority(text) && text.indexOf(':') < 0 && IpAddress.parse(text) == null;
  }

  /** A path alone: starts with a slash, no query, no fragment, nothing to be encoded. */
  static boolean isPath(String text) {
    return text.startsWith("/")
        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f)
        && uri("http://host" + text).filter(uri -> text.equals(uri.getRawPath())).isPresent();
  }

  /** The name of a field of our own: none that frames messages, or that CGI takes for another. */
  static boolean isOwnField(String name) {
    return Token.is(name)
        && FieldName.plain(name).equals(name)
        && !HopByHop.always(name)
        && !name.equalsIgnoreCase("Host")
        && !name.equalsIgnoreCase("Content-Length");
  }

  /** A path for which a route is chosen: as it is, or with {@code /*} behind it. */
  static boolean isPattern(String text) {
    String path = text.endsWith("/*") ? text.substring(0, text.length() - 1) : text;
    return path.indexOf('*') < 0 && isPath(path);
  }

  /** None, or 1 to 65535. */
  static boolean hasGoodPort(URI uri) {
    int port = uri.getPort();
    return !uri.getRawAuthority().endsWith(":") && (port == -1 || (port >= 1 && port <= 65_535));
  }
}
