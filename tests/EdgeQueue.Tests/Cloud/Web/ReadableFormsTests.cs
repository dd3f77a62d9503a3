using System.Text;
using EdgeQueue.Cloud.Api;
using EdgeQueue.Cloud.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeQueue.Tests.Cloud.Web;

/// <summary>What stands before every handler that reads a body.</summary>
public sealed class ReadableFormsTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData(Form + "; charset=utf-7")]
    [InlineData(Form + "; charset=UTF-16")]
    [InlineData(Form + "; charset=\"utf-7\"")]
    [InlineData(Form + "; charset=nonsense")]
    [InlineData(Form + "; charset=utf-8; charset=utf-7")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=")]
    [InlineData("text/plain; charset=utf-32")]
    public async Task A_body_in_another_encoding_is_refused_with_a_sentence_before_anybody_reads_it(string type) =>
        Assert.Equal((415, true, false), await SendAsync(type, "name=Kari"));

    [Theory]
    [InlineData(Form)]
    [InlineData(Form + "; charset=UTF-8")]
    [InlineData(Form + "; charset=\"utf-8\"")]
    [InlineData(Form + "; charset=us-ascii")]
    [InlineData(Form + "; charset=ISO-8859-1")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task A_body_in_UTF_8_or_what_older_programs_call_it_gets_to_its_handler(string? type) =>
        Assert.Equal((200, false, true), await SendAsync(type, "name=Kari"));

    [Theory]
    [InlineData("utf-7", 415)]
    [InlineData("utf-8", 200)]
    public async Task A_part_of_a_form_has_no_other_encoding_either(string charset, int status) =>
        Assert.Equal(status, (await SendAsync("multipart/form-data; boundary=b", $"--b\r\nContent-Disposition: form-data; name=\"name\"\r\nContent-Type: text/plain; charset={charset}\r\n\r\nKari\r\n--b--\r\n")).Status);

    private static async Task<(int Status, bool Sentence, bool Handled)> SendAsync(string? type, string body)
    {
        var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().ConfigureHttpJsonOptions(json => ApiOptions.Set(json.SerializerOptions)).BuildServiceProvider() };
        context.Request.Method = "POST";
        context.Request.ContentType = type;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = answer;
        context.SetEndpoint(new Endpoint(null, null, "any"));
        bool handled = false;
        await new ReadableForms(_ =>
        {
            handled = true;
            return Task.CompletedTask;
        }).InvokeAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()).Contains("UTF-8", StringComparison.Ordinal), handled);
    }
}
