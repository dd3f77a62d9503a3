namespace EdgeQueue.Cloud.Web;

/// <summary>
/// Reads a form before its handler does: one that is cut off, or has a NUL in it, is the sender's fault and not ours. What was read is kept for the
/// handler, and bodies are small. A body of any kind in an encoding that is not taken (<see cref="BodyText"/>) does not get further than here.
/// </summary>
internal sealed class ReadableForms(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (context.GetEndpoint() is not null && !BodyText.CanRead(request.ContentType))
        {
            await NotTakenAsync(context);
            return;
        }

        if (context.GetEndpoint() is not null && request.HasFormContentType && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            try
            {
                await request.ReadFormAsync(context.RequestAborted);
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested)
            {
                await FaultPages.SayAsync(context, 400, "This form cannot be read", "It is cut off, or has something in it that no form has. Open the page again and send it once more.");
                return;
            }
            catch (NotSupportedException)
            {
                // A part of a multipart form names an encoding of its own.
                await NotTakenAsync(context);
                return;
            }
        }

        await next(context);
    }

    private static Task NotTakenAsync(HttpContext context) => FaultPages.SayAsync(context, 415, "This cannot be taken", BodyText.Sentence);
}
