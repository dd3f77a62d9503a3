using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EdgeQueue.Cloud.Api;

/// <summary>How the API's JSON is read, and what its description says of it.</summary>
internal static class ApiOptions
{
    /// <summary>What is said twice is refused, as nobody knows which was meant; a request's names that are unknown are, too (an attribute of each).</summary>
    public static void Set(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new InstantJson());
    }

    /// <summary>What every caller must send; the routes take it as if it were optional, so that a sentence of ours says what is wrong.</summary>
    public static Task Need(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        foreach (OpenApiParameter parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            bool time = operation.OperationId == "ListQuarters" && parameter.Name is "from" or "to";
            parameter.Required |= time || parameter.Name == TicketApi.Header;
            if (parameter.Required && parameter.Schema is OpenApiSchema schema)
            {
                schema.Type &= ~JsonSchemaType.Null;
                schema.Format = time ? "date-time" : schema.Format;
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>A converter of ours says nothing of the kind that it reads.</summary>
    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        Type type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
        {
            schema.Type ??= type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }

        return Task.CompletedTask;
    }
}
