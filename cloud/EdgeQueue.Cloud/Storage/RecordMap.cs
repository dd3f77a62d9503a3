using System.Reflection;
using Dapper;

namespace EdgeQueue.Cloud.Storage;

/// <summary>
/// How Dapper makes a record: by the names of its parameters, in their order. Its own rule asks for equal types, too, and SQLite does not know the type
/// of an expression before there is a row: an empty answer would be a fault.
/// </summary>
internal sealed class RecordMap(Type type) : SqlMapper.ITypeMap
{
    private readonly DefaultTypeMap _usual = new(type);

    public ConstructorInfo? FindConstructor(string[] names, Type[] types) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).FirstOrDefault(c =>
            c.GetParameters().Select(p => p.Name!).SequenceEqual(names, StringComparer.OrdinalIgnoreCase))
        ?? _usual.FindConstructor(names, types);

    public ConstructorInfo? FindExplicitConstructor() => _usual.FindExplicitConstructor();

    public SqlMapper.IMemberMap? GetConstructorParameter(ConstructorInfo constructor, string columnName) => _usual.GetConstructorParameter(constructor, columnName);

    public SqlMapper.IMemberMap? GetMember(string columnName) => _usual.GetMember(columnName);
}
