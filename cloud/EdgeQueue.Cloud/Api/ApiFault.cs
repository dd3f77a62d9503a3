namespace EdgeQueue.Cloud.Api;

/// <summary>Why not, as problem details (RFC 9457).</summary>
internal static class ApiFault
{
    public static IResult NoBranch => Nothing("No such branch", "It has not reported to this cloud, its name is another one, or it is not one of this key's.");

    public static IResult Nothing(string title, string detail) => Results.Problem(detail, statusCode: 404, title: title);

    public static IResult Wrong(string detail) => Results.Problem(detail, statusCode: 400, title: "This cannot be understood");

    /// <summary>The branch's own sentence; an id of its commands is made of the program's Idempotency-Key.</summary>
    public static IResult ByBranch(Core.Queue.Refusal refusal) => Refused(refusal.Code, SentenceOf(refusal));

    public static string SentenceOf(Core.Queue.Refusal refusal) => refusal.Code == "idReused"
        ? $"This {TicketApi.Header} was used for something else. Take a new one."
        : string.IsNullOrEmpty(refusal.Sentence) ? "The branch refused it and did not say why." : $"The branch refused: {refusal.Sentence}";

    /// <param name="code">A word that a program can go by, in the member <c>code</c>.</param>
    public static IResult Refused(string code, string detail) => Results.Problem(detail, statusCode: 409, title: "Refused", extensions: new Dictionary<string, object?> { ["code"] = code });
}
