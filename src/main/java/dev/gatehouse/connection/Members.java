package dev.gatehouse.connection;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Fields and methods by name, public or not, of a class or what it extends. */
final class Members {
  /** Found once: finding copies all members of a class. No class has two that we call alike. */
  private static final Map<Key, Method> METHODS = new ConcurrentHashMap<>();

  private static final Map<Key, Field> FIELDS = new ConcurrentHashMap<>();

  private record Key(Class<?> type, String name) {}

  private Members() {}

  /**
   * A method without arguments.
   *
   * @throws IllegalStateException if it has no result, as that of an exchange which has ended
   */
  static Object get(Object target, String method) throws ReflectiveOperationException {
    try {
      return there(call(target, method, new Class<?>[0]), method);
    } catch (IOException e) {
      throw new InvocationTargetException(e);
    }
  }

  /**
   * Calls a method.
   *
   * @throws IOException if it does
   */
  static Object call(Object target, String method, Class<?>[] types, Object... arguments)
      throws ReflectiveOperationException, IOException {
    try {
      Key key = new Key(target.getClass(), method);
      Method found = METHODS.get(key);
      if (found == null) {
        found = find(target.getClass(), method, types);
        METHODS.put(key, found);
      }
      Object result = found.invoke(target, arguments);
      return result == null ? Nothing.NOTHING : result;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new IllegalStateException(e.getCause()); // it is there, and says no
    }
  }

  /**
   * A field.
   *
   * @throws IllegalStateException if it is null
   */
  static Object field(Object target, String name) throws ReflectiveOperationException {
    return there(fieldOrNothing(target, name), name);
  }

  static Object fieldOrNothing(Object target, String name) throws ReflectiveOperationException {
    Key key = new Key(target.getClass(), name);
    Field field = FIELDS.get(key);
    if (field == null) {
      field = find(target.getClass(), name);
      FIELDS.put(key, field);
    }
    Object value = field.get(target);
    return value == null ? Nothing.NOTHING : value;
  }

  private static Field find(Class<?> of, String name) throws NoSuchFieldException {
    for (Class<?> type = of; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  /** What null is taken for. */
  enum Nothing {
    NOTHING
  }

  private static Object there(Object value, String name) {
    if (value == Nothing.NOTHING) {
      throw new IllegalStateException(name + " is null");
    }
    return value;
  }

  private static Method find(Class<?> of, String name, Class<?>[] types)
      throws NoSuchMethodException {
    for (Class<?> type = of; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), types)) {
          method.setAccessible(true);
          return method;
        }
      }
    }
    return of.getMethod(name, types); // a default method of an interface
  }
}
