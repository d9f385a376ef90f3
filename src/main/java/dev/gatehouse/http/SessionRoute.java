package dev.gatehouse.http;

/** The route that application servers write behind a session's id: {@code 8A1F.node1}. */
public final class SessionRoute {
  private SessionRoute() {}

  /** What follows the last dot; empty if there is none. */
  public static String of(String sessionId) {
    int dot = sessionId.lastIndexOf('.');
    return dot < 0 ? "" : sessionId.substring(dot + 1);
  }

  /**
   * The session's id in a path parameter, as clients without cookies return it.
   *
   * @param path raw: {@code /shop;jsessionid=8A1F.node1/cart}
   * @param name in any case
   * @return empty if there is none
   */
  public static String sessionId(String path, String name) {
    for (int start = path.indexOf(';'); start >= 0; start = path.indexOf(';', start + 1)) {
      int equals = start + 1 + name.length();
      if (equals < path.length()
          && path.charAt(equals) == '='
          && path.regionMatches(true, start + 1, name, 0, name.length())) {
        int end = equals + 1;
        while (end < path.length() && path.charAt(end) != ';' && path.charAt(end) != '/') {
          end++;
        }
        return path.substring(equals + 1, end);
      }
    }
    return "";
  }
}
