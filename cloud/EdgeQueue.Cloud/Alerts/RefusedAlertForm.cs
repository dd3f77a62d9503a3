using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Alerts;

/// <summary>A form of the alerts' page that cannot be kept as it is.</summary>
/// <param name="Rule">The rule that somebody was to be told by; null: the form for a new rule.</param>
internal sealed record RefusedAlertForm(long? Rule, TypedForm Typed)
{
    public TypedForm? NewRule => Rule is null ? Typed : null;

    public TypedForm? Recipient(long rule) => Rule == rule ? Typed : null;
}
