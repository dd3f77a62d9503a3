using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Sms;

/// <summary>Addresses of this cloud that providers call and people open.</summary>
internal sealed class SmsAddress(SmsSettings settings, CloudSettings cloud)
{
    private string Callback => settings.CallbackUrl.Length > 0 ? settings.CallbackUrl : cloud.PublicUrl;

    public string ReportOf(string report) => $"{Callback}/sms/report/{report}";

    public string LinkOf(string path) => cloud.PublicUrl + path;
}
