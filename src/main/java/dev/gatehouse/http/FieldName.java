package dev.gatehouse.http;

/** How a field's name looks to those who can't tell all names apart. */
public final class FieldName {
  private FieldName() {}

  /**
   * The name with a dash for each character that is neither letter nor digit. CGI (RFC 3875
   * §4.1.18) and what descends from it make one variable of {@code X-Key}, {@code X_Key} and {@code
   * X.Key}.
   *
   * @return the name itself if nothing is to be replaced, which is nearly always
   */
  public static String plain(String name) {
    int length = name.length();
    for (int i = 0; i < length; i++) {
      if (!isPlain(name.charAt(i))) {
        return replaced(name, i);
      }
    }
    return name;
  }

  private static String replaced(String name, int from) {
    StringBuilder plain = new StringBuilder(name);
    for (int i = from; i < name.length(); i++) {
      if (!isPlain(name.charAt(i))) {
        plain.setCharAt(i, '-');
      }
    }
    return plain.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }
}
