using System.Net.Mail;
using System.Net.Mime;

namespace EdgeQueue.Cloud.Mail;

/// <summary>A file beside a mail, with the media type that its name says.</summary>
internal static class AttachedFile
{
    public static Attachment Of(string name, byte[] bytes)
    {
        var type = new ContentType(Reports.Export.XlsxBook.MediaType) { Name = name };
        if (name.EndsWith(".ics", StringComparison.Ordinal))
        {
            // RFC 5545 §8.1, RFC 6047 §2.4: programs offer to take it into the calendar when the method stands here as in the file.
            type = new ContentType("text/calendar") { Name = name, CharSet = "utf-8" };
            type.Parameters["method"] = "PUBLISH";
        }

        return new Attachment(new MemoryStream(bytes), type);
    }
}
