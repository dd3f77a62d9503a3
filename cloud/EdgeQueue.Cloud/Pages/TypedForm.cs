namespace EdgeQueue.Cloud.Pages;

/// <summary>What stands in a form: its usual values, or what was typed, with why it cannot be kept.</summary>
internal sealed class TypedForm
{
    private readonly IFormCollection? _typed;
    private readonly string? _refusal;

    public TypedForm(IFormCollection typed)
        : this(typed, null)
    {
    }

    private TypedForm(IFormCollection? typed, string? refusal) => (_typed, _refusal) = (typed, refusal);

    /// <summary>Nobody has typed anything yet.</summary>
    public static TypedForm Fresh { get; } = new(null, null);

    public bool IsRefused => _refusal is not null;

    /// <summary>Why it cannot be kept, to stand above the form; nothing where it can.</summary>
    public Html Refusal => Html.When(IsRefused, $"<p class=\"notice\" role=\"alert\">{_refusal}</p>");

    /// <summary>The value of one field, without blanks around it.</summary>
    /// <param name="usual">What it is until somebody types.</param>
    public string Of(string field, string usual = "") => _typed is null ? usual : _typed[field].ToString().Trim().Replace("\0", "", StringComparison.Ordinal);

    /// <summary>One of a field's choices, chosen when it was.</summary>
    public Html Option(string field, string value, string title) => Html.Of($"<option value=\"{value}\"{Html.When(Of(field) == value, $" selected")}>{title}</option>");

    /// <param name="why">A sentence that says what would be right.</param>
    public TypedForm Refuse(string why) => new(_typed, why);
}
