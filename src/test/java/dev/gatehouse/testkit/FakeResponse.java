package dev.gatehouse.testkit;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A container's response as a filter sees it; what tests do not need it refuses. */
public final class FakeResponse {
  private final FakeOutput output = new FakeOutput();
  private final List<String> lines = new ArrayList<>(); // name, value, name, value
  private final List<String> calls = new ArrayList<>(); // of what is more than a field
  private int status = 200;
  private boolean committed;

  /** The response itself. */
  public HttpServletResponse asResponse() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            HttpServletResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) ->
                call(method.getName(), arguments == null ? new Object[0] : arguments));
  }

  public FakeOutput output() {
    return output;
  }

  public int status() {
    return status;
  }

  /** What it was told beside fields and status. */
  public List<String> calls() {
    return calls;
  }

  /** {@code Name: value | Name: value}. */
  public String fields() {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      shown.add(lines.get(i) + ": " + lines.get(i + 1));
    }
    return String.join(" | ", shown);
  }

  /** From now on nothing of the head can be changed. */
  public void commits() {
    committed = true;
  }

  private @Nullable Object call(String method, Object[] arguments) {
    return switch (method) {
      case "setStatus" -> {
        status = (int) arguments[0];
        yield null;
      }
      case "getStatus" -> status;
      case "isCommitted" -> committed;
      case "getOutputStream" -> output;
      case "setHeader" -> {
        remove((String) arguments[0]);
        yield add((String) arguments[0], arguments[1]);
      }
      case "addHeader" -> add((String) arguments[0], arguments[1]);
      case "setContentType" -> {
        remove("Content-Type");
        yield add("Content-Type", arguments[0]);
      }
      case "setContentLength", "setContentLengthLong" -> {
        remove("Content-Length");
        yield add("Content-Length", arguments[0]);
      }
      case "getContentType" -> first("Content-Type");
      case "getHeader" -> first((String) arguments[0]);
      case "getHeaders" -> values((String) arguments[0]);
      case "getHeaderNames" -> names();
      case "containsHeader" -> first((String) arguments[0]) != null;
      case "reset" -> {
        if (committed) {
          throw new IllegalStateException("committed");
        }
        lines.clear();
        status = 200;
        yield called(method, arguments);
      }
      case "flushBuffer", "sendError", "sendRedirect" -> {
        committed = true;
        yield called(method, arguments);
      }
      default -> throw new UnsupportedOperationException(method);
    };
  }

  private @Nullable Object called(String method, Object[] arguments) {
    calls.add(arguments.length == 0 ? method : method + " " + arguments[0]);
    return null;
  }

  private @Nullable Object add(String name, Object value) {
    lines.add(name);
    lines.add(String.valueOf(value));
    return null;
  }

  private void remove(String name) {
    for (int i = lines.size() - 2; i >= 0; i -= 2) {
      if (lines.get(i).equalsIgnoreCase(name)) {
        lines.remove(i + 1);
        lines.remove(i);
      }
    }
  }

  private @Nullable String first(String name) {
    return values(name).stream().findFirst().orElse(null);
  }

  private Collection<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      if (lines.get(i).equalsIgnoreCase(name)) {
        values.add(lines.get(i + 1));
      }
    }
    return values;
  }

  private Collection<String> names() {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i += 2) {
      if (known.add(lines.get(i))) {
        names.add(lines.get(i));
      }
    }
    return names;
  }
}
