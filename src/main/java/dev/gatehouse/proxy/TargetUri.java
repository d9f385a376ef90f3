package dev.gatehouse.proxy;

import java.util.Optional;

/** Maps a request's path to the route's, byte for byte: nothing is decoded or normalised. */
final class TargetUri {
  private TargetUri() {}

  /**
   * What is left of the path without the prefix.
   *
   * @param path the raw path of the request
   * @param prefix taken off the path, only as whole segments; empty: nothing
   * @return empty if the path does not lie under the prefix
   */
  static Optional<String> map(String path, String prefix) {
    if (!path.startsWith("/") || !path.startsWith(prefix)) {
      return Optional.empty();
    }
    String rest = path.substring(prefix.length());
    if (rest.isEmpty()) {
      return Optional.of("/");
    }
    return rest.charAt(0) == '/' ? Optional.of(rest) : Optional.empty(); // /api, not /apievil
  }
}
