package dev.gatehouse.http;

/** Hides the values of path parameters (RFC 3986 §3.3): {@code ;jsessionid=} is a cookie. */
public final class PathParameters {
  private PathParameters() {}

  /** The path with {@code *} for each value that follows {@code ;name=}. */
  public static String hidden(String path) {
    int semicolon = path.indexOf(';');
    if (semicolon < 0) {
      return path;
    }
    StringBuilder shown = new StringBuilder(path.length());
    shown.append(path, 0, semicolon);
    boolean inParameter = false;
    boolean hiding = false;
    for (int i = semicolon; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == ';' || c == '/') {
        inParameter = c == ';';
        hiding = false;
      }
      if (!hiding) {
        shown.append(c);
      }
      if (c == '=' && inParameter && !hiding) {
        hiding = true;
        shown.append('*');
      }
    }
    return shown.toString();
  }
}
